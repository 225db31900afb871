package dev.corral.core.hypervisor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What decides which hypervisors a Vagrant talks to: this process's own variables, or those that a sandbox was started with. Two of
 * equal variables and connections are the same.
 *
 * @param own         whether it is this process, whatever its variables
 * @param variables   the variables that decide it, and no others
 * @param connections the connections to libvirt that its Vagrant uses, as a start resolved them; empty where nobody knows, and then the
 *                    variables and what is usual count
 */
public record HostContext(boolean own, Map<String, String> variables, List<String> connections) {
    private static final Pattern DECIDING =
            Pattern.compile("(LIBVIRT|VBOX|DOCKER|QEMU|HYPERV|PARALLELS|VMWARE)_.*|VAGRANT_LIBVIRT_URI");
    // Of those, the ones that lead a program elsewhere; the others change what Vagrant makes there.
    private static final Map<String, List<String>> LEADING = Map.of(
            "docker",
            List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"),
            "virtualbox",
            List.of("VBOX_USER_HOME", "VBOX_IPC_SOCKETID"));

    private static final HostContext HERE = new HostContext(true, Map.of(), List.of());

    /** Copies what it is given. */
    public HostContext {
        variables = Map.copyOf(variables);
        connections = List.copyOf(connections);
    }

    /** This process, as it was started. */
    public static HostContext here() {
        return HERE;
    }

    /**
     * The context of a Vagrant that runs with these variables.
     *
     * @param variables   all of them; those that decide nothing here are left out
     * @param connections the connections to libvirt that were resolved; empty where nobody knows
     */
    public static HostContext of(Map<String, String> variables, Collection<String> connections) {
        Map<String, String> deciding = new TreeMap<>(variables);
        deciding.keySet().removeIf(name -> !decides(name));
        return new HostContext(
                false, deciding, connections.stream().distinct().sorted().toList());
    }

    static boolean decides(String name) {
        return DECIDING.matcher(name).matches();
    }

    /** The variables that lead the program of this provider elsewhere, in a line; empty where there are none. */
    static String leading(String provider, Map<String, String> variables) {
        StringBuilder line = new StringBuilder();
        for (String name : LEADING.getOrDefault(provider, List.of())) {
            String value = variables.getOrDefault(name, "");
            if (!value.isBlank()) {
                line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value);
            }
        }
        return line.toString();
    }
}
