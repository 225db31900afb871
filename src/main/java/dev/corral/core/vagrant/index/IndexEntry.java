package dev.corral.core.vagrant.index;

import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final long LONGEST_ID = 4096;

    /** The directory where Vagrant notes this machine, its id at the hypervisor among others. */
    public Path notes() {
        return localData.resolve("machines").resolve(name).resolve(provider);
    }

    /** The id that the machine has at its hypervisor, as Vagrant notes it there; empty if none can be read. Looks at the disk. */
    public Optional<String> id() {
        try {
            String text = new String(OrdinaryFile.read(notes().resolve("id"), LONGEST_ID), StandardCharsets.UTF_8);
            return Optional.of(text.strip()).filter(id -> !id.isEmpty());
        } catch (IOException e) {
            // The project is gone, or not ours to look into: the index alone is all there is.
            return Optional.empty();
        }
    }
}
