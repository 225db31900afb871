package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What goes wrong with ports and networks, whatever the provider. */
final class NetworkFailures {
    static final List<FailureKind> ALL = List.of(
            named("port-in-use", Layer.NETWORK)
                    .byClass("ForwardPortCollision")
                    .saying("forwarded port to (?<port>\\d+) is already in use", "bind: Address already in use")
                    .means("The port[ {port}] of this computer is in use, and the machine is to have it.")
                    .then("Choose another host port, set auto_correct: true, or end what uses it.")
                    .remedy(Remedy.Kind.FREE_PORT, "{port}"),
            named("ports-exhausted", Layer.NETWORK)
                    .byClass("ForwardPortAutolistEmpty")
                    .saying("auto-correction range are all also used")
                    .means("No port of this computer is left for a forwarded port.")
                    .then("Stop other machines, or widen config.vm.usable_port_range."),
            named("port-address", Layer.NETWORK)
                    .byClass("ForwardPortHostIPNotFound")
                    .saying("forward a host IP that does not exist[\\s\\S]{0,800}?Host IP: (?<ip>\\S+)")
                    .means("A port is to be forwarded from an address[ {ip}] that this computer does not have.")
                    .then("Correct host_ip, or leave it out."),
            named("address-invalid", Layer.NETWORK)
                    .byClass("NetworkAddressInvalid")
                    .saying("define an invalid\\s+IP address[\\s\\S]{0,800}?Address: (?<ip>\\S+)")
                    .means("The Vagrantfile gives a machine an address[ {ip}] that is none.")
                    .then("Correct ip and netmask of the network."),
            named("network-clash", Layer.NETWORK)
                    .byClass("NetworkCollision")
                    .saying(
                            "host only network collides",
                            "would collide with (?:an )?existing|network address.*already in use")
                    .means(
                            "The machine's network has the same addresses as another that this computer is connected to.")
                    .then("Choose other addresses for the private network."),
            named("network-kind", Layer.NETWORK)
                    .byClass("NetworkTypeNotSupported")
                    .saying("The (?<type>\\S+) network type is not supported")
                    .means("The box or the provider does not know this kind of network[: {type}].")
                    .then("Use private_network or forwarded_port."));

    private NetworkFailures() {}
}
