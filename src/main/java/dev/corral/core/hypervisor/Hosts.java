package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.libvirt.Libvirt;
import dev.corral.core.hypervisor.libvirt.LibvirtConnections;
import dev.corral.core.hypervisor.qemu.PlainQemu;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The hosts that this process has to do with: those that its own variables lead to, and those of sandboxes that were started with others.
 * Each is made once and keeps its health. Thread-safe.
 */
final class Hosts {
    private static final String USUAL = "default";

    private final Environment environment;
    private final HypervisorTools tools;
    private final Path proc;
    private final Map<Host, Hypervisor> made = new ConcurrentHashMap<>();
    private final Map<Host, Host.Health> health = new ConcurrentHashMap<>();

    /**
     * @param environment this process's
     * @param tools       asked with those variables
     * @param proc        where the kernel tells of processes
     */
    Hosts(Environment environment, HypervisorTools tools, Path proc) {
        this.environment = environment;
        this.tools = tools;
        this.proc = proc;
    }

    /** The hosts that a context leads to, in the order in which they are asked. */
    List<Hypervisor> of(HostContext context) {
        Environment there = environment(context);
        List<Hypervisor> found = new ArrayList<>();
        for (String uri : libvirtUris(context, new LibvirtConnections(there))) {
            found.add(made.computeIfAbsent(
                    Host.libvirt(uri), host -> new Libvirt(there, tools.in(there), uri, this::libvirtUris)));
        }
        found.add(made.computeIfAbsent(
                new Host("virtualbox", connection("virtualbox", there)),
                host -> new VirtualBox(there, tools.in(there), host)));
        found.add(made.computeIfAbsent(
                new Host("docker", connection("docker", there)),
                host -> new DockerEngine(there, tools.in(there), host)));
        found.add(made.computeIfAbsent(Host.QEMU, host -> new PlainQemu(environment, proc)));
        return found;
    }

    // Where the start resolved the connections, Vagrant goes there and nowhere else: what another says of its machines
    // counts for nothing,
    // and that it does not answer does not either. Without that, what variables name comes first, then what there is
    // anyway.
    private static Set<String> libvirtUris(HostContext context, LibvirtConnections connections) {
        if (!context.connections().isEmpty()) {
            return new LinkedHashSet<>(context.connections());
        }
        Set<String> usable = connections.uris();
        Set<String> uris = new LinkedHashSet<>();
        if (!context.own()) {
            connections.named().stream().filter(usable::contains).forEach(uris::add);
        }
        uris.addAll(usable);
        return uris;
    }

    /** A host that was made for some context before, or is this process's own. */
    Optional<Hypervisor> at(Host host) {
        return Optional.ofNullable(made.get(host)).or(() -> of(HostContext.here()).stream()
                .filter(one -> one.host().equals(host))
                .findFirst());
    }

    // A file may be used by machines of any world of libvirt, those of sandboxes with other variables included.
    private Set<String> libvirtUris() {
        Set<String> uris = new LinkedHashSet<>(new LibvirtConnections(environment).uris());
        made.keySet().stream()
                .filter(host -> host.provider().equals("libvirt"))
                .map(Host::connection)
                .forEach(uris::add);
        return uris;
    }

    // As Vagrant gets it: of the variables that decide, those of the context and no others.
    private Environment environment(HostContext context) {
        if (context.own()) {
            return environment;
        }
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.keySet().removeIf(HostContext::decides);
        variables.putAll(context.variables());
        return new Environment(variables);
    }

    private String connection(String provider, Environment there) {
        String leading = HostContext.leading(provider, there.variables());
        return leading.equals(HostContext.leading(provider, environment.variables()))
                ? ""
                : leading.isEmpty() ? USUAL : leading;
    }

    /** Notes how a host answered; an empty reason means that it did. */
    void note(Host host, String why) {
        health.compute(host, (one, before) -> Host.Health.after(before, why, Instant.now()));
    }

    /** The health of the hosts that were ever asked. */
    Map<Host, Host.Health> health() {
        return Map.copyOf(health);
    }

    static Set<Host> keys(List<Hypervisor> hypervisors) {
        return hypervisors.stream().map(Hypervisor::host).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
