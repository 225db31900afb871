package dev.corral.core.vagrantfile;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file or folder that a Vagrantfile names for later: a script, a playbook, a key. It was not read while the file loaded.
 *
 * @param machine  the machine
 * @param by       what names it, for instance {@code provisioner setup} or {@code trigger before up}
 * @param text     the path as it was said
 * @param file     the absolute path, links not resolved
 * @param required whether what names it fails without it
 * @param onHost   whether its content runs on, or is evaluated by, this machine and not the guest
 * @param place    where it is named
 */
public record NamedFile(
        String machine, String by, String text, Path file, boolean required, boolean onHost, Place place) {
    /** Whether it is there now. */
    public boolean present() {
        return Files.exists(file);
    }
}
