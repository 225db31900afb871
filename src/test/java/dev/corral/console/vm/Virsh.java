package dev.corral.console.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", "qemu:///system"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Removes a domain with its disks. */
    static void remove(String domain) {
        if (run("domstate", domain).strip().equals("running")) {
            run("destroy", domain);
        }
        run("undefine", domain, "--managed-save", "--snapshots-metadata", "--nvram", "--remove-all-storage");
    }
}
