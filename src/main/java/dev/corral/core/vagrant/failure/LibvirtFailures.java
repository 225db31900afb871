package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What libvirt and QEMU complain about. */
final class LibvirtFailures {
    static final List<FailureKind> ALL = List.of(
            named("libvirt-denied", Layer.PROVIDER)
                    .saying(
                            "libvirt-sock': Permission denied",
                            "authentication unavailable: no polkit agent",
                            "polkit: .*(?:denied|not authorized)|access denied by policy")
                    .means("You may not use libvirt.")
                    .then("Join its group with sudo usermod -aG libvirt $USER, and log in again.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("libvirt-volume-left", Layer.PROVIDER)
                    .byClass("DomainVolumeExists")
                    .saying(
                            "Volume for domain is already created",
                            "storage vol '(?<volume>[^']+)' (?:already )?exists")
                    .means("A disk of an earlier machine of the same name is left over[: {volume}].")
                    .then("Remove it with virsh vol-delete, or let corral's cleanup find it, then start again.")
                    .remedy(Remedy.Kind.DESTROY_AND_UP),
            named("libvirt-name-taken", Layer.PROVIDER)
                    .byClass("DomainNameExists")
                    .saying(
                            "Name `(?<name>[^`]+)` of domain about to create is already taken",
                            "domain '(?<name>[^']+)' already exists with uuid")
                    .means("libvirt has a machine[ {name}] already.")
                    .then("Remove that one if nobody needs it, or set default_prefix in the provider's settings."),
            named("libvirt-pool", Layer.PROVIDER)
                    .byClass("NoStoragePool", "CreatingStoragePoolError")
                    .saying("Storage pool not found: no storage pool with matching (?:name|uuid) '(?<pool>[^']+)'")
                    .means("libvirt has no storage pool[ {pool}] that can be used.")
                    .then("Make it with virsh pool-define-as, or correct storage_pool_name."),
            named("libvirt-pool-off", Layer.PROVIDER)
                    .saying("storage pool '(?<pool>[^']+)' is not active")
                    .means("libvirt's storage pool {pool} is not started.")
                    .then("Start it with virsh pool-start {pool}.")
                    .remedy(Remedy.Kind.START_POOL, "{pool}"),
            named("kvm-denied", Layer.PROVIDER)
                    .saying("Could not access KVM kernel module: Permission denied")
                    .means("The machine may not use KVM: /dev/kvm can't be opened.")
                    .then("Join the group kvm with sudo usermod -aG kvm $USER, and log in again.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("kvm-absent", Layer.PROVIDER)
                    .saying(
                            "Could not access KVM kernel module",
                            "failed to initialize kvm",
                            "domain type 'kvm' is not supported|virt ?type '?kvm'? is not supported",
                            "does not support virt type 'kvm'|could not find capabilities for domaintype=kvm")
                    .means("This computer offers no hardware virtualization (KVM).")
                    .then("Switch it on in the firmware's settings; "
                            + "inside a VM, allow nested virtualization or set driver = \"qemu\" (slow).")
                    .remedy(Remedy.Kind.DOCTOR),
            named("libvirt-network-overlap", Layer.NETWORK)
                    .saying("[Nn]etwork is already in use by interface (?<card>[\\w.-]*\\w)")
                    .means("The addresses of the machine's network are already in use on this computer, at {card}.")
                    .then("Choose other addresses for the private network, or remove the network that has them."),
            named("libvirt-bridge-taken", Layer.NETWORK)
                    .saying("error creating bridge interface (?<bridge>[\\w.-]+): File exists")
                    .means("libvirt can't make the bridge {bridge} for the machine's network: "
                            + "another network or interface of this computer has that name.")
                    .then("See what has it with virsh net-list and ip link show {bridge}; "
                            + "stop that network or delete that interface if nobody needs it, then start again."),
            named("libvirt-network-mismatch", Layer.NETWORK)
                    .byClass("NetworkNameAndAddressMismatch", "DHCPMismatch")
                    .saying(
                            "Address (?<ip>\\S+) does not match with network name (?<network>\\S+?)\\.",
                            "Network (?<network>\\S+) exists but does not have dhcp")
                    .means("libvirt's network[ {network}] exists with other settings than the Vagrantfile wants.")
                    .then(
                            "Remove it with virsh net-destroy and net-undefine, or correct libvirt__network_name and the address."),
            named("libvirt-network-off", Layer.NETWORK)
                    .byClass("NetworkNotAvailableError")
                    .saying("network '(?<network>[^']+)' is not active", "Network (?<network>\\S+) is not available")
                    .means("libvirt's network[ {network}] is not there or not started.")
                    .then("Start it with virsh net-start[ {network}], or correct the name in the Vagrantfile.")
                    .remedy(Remedy.Kind.START_NETWORK, "{network}"),
            named("libvirt-dnsmasq", Layer.NETWORK)
                    .saying("failed to create listening socket for (?<ip>[\\d.:a-f]+): Address already in use")
                    .means(
                            "libvirt can't serve its network: something else listens at {ip}, another dnsmasq for instance.")
                    .then("Stop that program, or choose other addresses for the network."),
            // What libvirt says itself is all that is known of other reasons.
            named("libvirt-network-start", Layer.NETWORK)
                    .byClass("ActivateNetworkError")
                    .saying("Error while activating network: (?<why>[^\\n]{1,400}?)\\.?(?:\\n|$)")
                    .means("libvirt can't start the machine's network[: {why}].")
                    .then("Read libvirt's reason in the lines below; virsh net-list --all shows its networks."),
            named("qemu-file-denied", Layer.PROVIDER)
                    .saying(
                            "Could not open '(?<file>[^']+)': Permission denied",
                            "Cannot access storage file '(?<file>[^']+)'.*Permission denied")
                    .means("QEMU may not open {file}.")
                    .then("Let libvirt's user into its folders, or keep the file in a storage pool."),
            named("libvirt-cpu", Layer.PROVIDER)
                    .saying(
                            "CPU is incompatible with host CPU|the CPU is incompatible|guest CPU doesn't match specification")
                    .means("This computer's processor can't play the one that the Vagrantfile asks for.")
                    .then("Set cpu_mode = \"host-passthrough\", or another cpu_model."),
            named("virtiofs-memory", Layer.FOLDER)
                    .saying(
                            "virtiofs.* requires (?:shared memory|one or more NUMA nodes)|'virtiofs' requires shared memory")
                    .means("A virtiofs folder needs memory that is shared.")
                    .then("Set memorybacking :access, :mode => \"shared\" in the provider's settings."),
            named("no-address", Layer.BOOT)
                    .byClass("NoIpAddressError")
                    .saying("wait_for timeout \\((?<seconds>\\d+) seconds\\) was exceeded", "No IP address found")
                    .means(
                            "The machine got no address[ in {seconds} s]: it does not boot, or its network card gets no answer.")
                    .then("Look at its console.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE),
            named("qemu-absent", Layer.PROVIDER)
                    .saying(
                            "No such file or directory - (?<program>qemu-(?:system-\\w+|img))",
                            "executable '(?<program>qemu-\\S+)' could not be found",
                            "Cannot find QEMU binary")
                    .means("QEMU is not installed[: there is no {program}].")
                    .then("Install it, for instance with sudo apt install qemu-system qemu-utils.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("qemu-port", Layer.NETWORK)
                    .saying("Could not set up host forwarding rule '(?:tcp|udp):[^:]*:(?<port>\\d+)-")
                    .means("The port {port} of this computer is in use, and the machine is to have it.")
                    .then("Choose another port in the Vagrantfile (ssh_port for SSH), or end what uses it.")
                    .remedy(Remedy.Kind.FREE_PORT, "{port}"));

    private LibvirtFailures() {}
}
