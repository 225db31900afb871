package dev.corral.core.inventory;

import dev.corral.core.hypervisor.MachineState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One machine of a sandbox at one moment.
 *
 * @param sandbox   the sandbox's id
 * @param name      Vagrant's name of the machine, the suffix included
 * @param primary   whether Inspect calls it {@code default}
 * @param state     its state
 * @param provider  the provider's name, empty while unknown
 * @param id        the provider's id, empty while it has none
 * @param box       the box's name, where it is known
 * @param address   the address or forwarded port that SSH uses, where it is known
 * @param since     when the machine came up, where it is known
 * @param diskBytes bytes that its disks take on the host, -1 while unknown
 * @param directory the sandbox's directory
 */
public record MachineView(
        String sandbox,
        String name,
        boolean primary,
        MachineState state,
        String provider,
        String id,
        Optional<String> box,
        Optional<String> address,
        Optional<Instant> since,
        long diskBytes,
        Path directory) {

    /** {@code SANDBOX/MACHINE}: names this machine on the command line and is unique in an inventory. */
    public String key() {
        return sandbox + "/" + name;
    }
}
