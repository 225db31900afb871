package dev.corral.console.vm;

import dev.corral.core.hypervisor.SystemVirsh;
import java.util.List;

/** The hypervisor asked directly, past Corral and Vagrant. */
final class Virsh {
    private Virsh() {}

    /** The names of all domains, running or not. */
    static List<String> domains() {
        return run("list", "--all", "--name")
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Runs virsh to its end and returns what it printed. */
    static String run(String... arguments) {
        return SystemVirsh.run(arguments);
    }

    /** Removes a domain with its disks. */
    static void remove(String domain) {
        if (run("domstate", domain).strip().equals("running")) {
            run("destroy", domain);
        }
        run("undefine", domain, "--managed-save", "--snapshots-metadata", "--nvram", "--remove-all-storage");
    }
}
