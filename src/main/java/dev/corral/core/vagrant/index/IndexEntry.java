package dev.corral.core.vagrant.index;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One machine that Vagrant's index knows. All of it is what some command wrote down once: untrusted, and perhaps long
 * untrue. Names and paths are as written; show them through {@link dev.corral.core.base.PlainText}.
 *
 * @param home      the Vagrant home whose index it is in
 * @param uuid      Vagrant's id of the machine
 * @param name      the machine's name
 * @param provider  the provider's name
 * @param project   the directory of its Vagrantfile, which may be gone
 * @param localData its {@code .vagrant}, which may be gone and need not be below the project
 * @param state     the last state that some command saw
 * @param box       the name of its box
 */
public record IndexEntry(
        Path home,
        String uuid,
        String name,
        String provider,
        Path project,
        Path localData,
        String state,
        Optional<String> box) {

    /** The directory where Vagrant notes this machine, its id at the hypervisor among others. */
    public Path notes() {
        return localData.resolve("machines").resolve(name).resolve(provider);
    }
}
