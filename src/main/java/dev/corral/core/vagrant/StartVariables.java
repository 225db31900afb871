package dev.corral.core.vagrant;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides which variables belong to a sandbox's start context, so that every later command sees the same machines. */
public final class StartVariables {
    // Where the state lies is ours to say: a copy in a directory of its own must not share it with others.
    private static final Set<String> OURS = Set.of(
            "VAGRANT_CWD",
            "VAGRANT_VAGRANTFILE",
            "VAGRANT_DOTFILE_PATH",
            "VAGRANT_MACHINE_READABLE",
            "VAGRANT_LOG",
            "VAGRANT_LOG_FILE",
            "VAGRANT_FORCE_COLOR",
            "INSPECT_VM_SUFFIX");
    private static final Set<String> LEADING_AWAY =
            Set.of("VAGRANT_CWD", "VAGRANT_VAGRANTFILE", "VAGRANT_DOTFILE_PATH");
    private static final Pattern DECIDING =
            Pattern.compile("(VAGRANT|LIBVIRT|VBOX|DOCKER|QEMU|HYPERV|PARALLELS|VMWARE)_.*|INSPECT_VM_SUFFIX");
    private static final Pattern SECRET =
            Pattern.compile(".*(TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE_KEY|API_?KEY).*");
    // Every process has these; they say who and where the user is, not what Vagrant makes.
    private static final Set<String> AMBIENT =
            Set.of("HOME", "USER", "LOGNAME", "PATH", "PWD", "SHELL", "TERM", "LANG", "DISPLAY");

    private StartVariables() {}

    /** Whether a variable of this name changes what Vagrant finds or makes. */
    static boolean decides(String name) {
        return DECIDING.matcher(name).matches();
    }

    /**
     * Refuses variables that would lead Vagrant out of the sandbox's directory, where nobody would find its machines.
     *
     * @throws ExpectedFailure if one of them is among those given
     */
    public static void check(Map<String, String> given) {
        given.keySet().stream().filter(LEADING_AWAY::contains).findFirst().ifPresent(name -> {
            throw ExpectedFailure.usage(
                    name + " can't be set for a sandbox: its Vagrant always works in the sandbox's own directory.",
                    "Leave it out.");
        });
    }

    /**
     * The variables to keep for a sandbox before its Vagrantfile was read: those that decide what Vagrant itself does.
     *
     * @param environment this process's variables
     * @param given       variables given for this start; all are kept
     * @param suffix      the value for INSPECT_VM_SUFFIX
     */
    public static Map<String, String> of(Environment environment, Map<String, String> given, String suffix) {
        Map<String, String> kept = new TreeMap<>();
        environment.variables().forEach((name, value) -> {
            if (decides(name) && !OURS.contains(name) && !secret(name)) {
                kept.put(name, value);
            }
        });
        kept.putAll(given);
        kept.put("INSPECT_VM_SUFFIX", suffix);
        kept.put("VAGRANT_DOTFILE_PATH", ".vagrant");
        kept.put("VAGRANT_HOME", VagrantHome.of(environment, given).toString());
        return kept;
    }

    /**
     * What a Vagrantfile reads.
     *
     * @param kept     the variables to keep for the sandbox
     * @param withheld names of those that were set and are kept nowhere, because they are secrets
     */
    public record Read(Map<String, String> kept, List<String> withheld) {}

    /**
     * The variables to keep for a sandbox once it is known what its Vagrantfile reads.
     *
     * @param environment this process's variables
     * @param known       those that are kept anyway
     * @param names       the variables that the file reads; {@code *} where it reads all
     */
    public static Read read(Environment environment, Map<String, String> known, Collection<String> names) {
        Map<String, String> kept = new TreeMap<>(known);
        List<String> withheld = new ArrayList<>();
        // Of a file that goes through all of them nobody knows which ones it looks for.
        Collection<String> all = names.contains("*") ? environment.variables().keySet() : List.of();
        Stream.concat(names.stream(), all.stream())
                .distinct()
                .sorted()
                .filter(name -> !AMBIENT.contains(name) && !OURS.contains(name) && !known.containsKey(name))
                .forEach(name -> {
                    String value = environment.variables().get(name);
                    if (value == null) {
                        return;
                    }
                    if (!secret(name)) {
                        kept.put(name, value);
                    } else if (names.contains(name)) {
                        withheld.add(name);
                    }
                });
        return new Read(kept, withheld);
    }

    /** Whether a variable of this name is taken for a secret, which is kept nowhere unless its user says so. */
    public static boolean secret(String name) {
        return SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }
}
