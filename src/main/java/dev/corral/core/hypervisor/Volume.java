package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * A volume of a libvirt storage pool.
 *
 * @param where    the connection, for instance {@code qemu:///system}
 * @param pool     the pool's name
 * @param name     the volume's name
 * @param path     its file
 * @param bytes    bytes allocated on disk
 * @param backing  the file below it that it only adds to, if there is one
 * @param modified when its content last changed, {@link Instant#EPOCH} while unknown
 */
public record Volume(
        String where, String pool, String name, String path, long bytes, Optional<String> backing, Instant modified) {

    /** Whether this is the copy of a box that vagrant-libvirt uploads once and starts machines from. */
    public boolean boxCopy() {
        return name.contains("_vagrant_box_image_");
    }
}
