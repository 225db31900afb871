package dev.corral.core.hypervisor;

/**
 * One virtual machine or container as its hypervisor knows it.
 *
 * @param provider  Vagrant's name of the provider
 * @param id        the id that Vagrant notes for it
 * @param name      the hypervisor's name
 * @param state     its state
 * @param diskBytes bytes that its disks take, -1 where that is not told
 * @param where     which connection of the hypervisor it is in, for instance {@code qemu:///system}; the connection of its {@link Host},
 *                  but for plain QEMU the folder that its disks are in
 */
public record HypervisorObject(
        String provider, String id, String name, MachineState state, long diskBytes, String where) {

    /** The host that has it. */
    public Host host() {
        return Host.of(this);
    }
}
