package dev.corral.core.hypervisor;

/**
 * A libvirt network.
 *
 * @param where  the connection, for instance {@code qemu:///system}
 * @param name   its name
 * @param uuid   its uuid
 * @param active whether it is up
 */
public record Network(String where, String name, String uuid, boolean active) {}
