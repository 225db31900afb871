package dev.corral.core.operation.start;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.List;

/** Tells from what Vagrant said of a Vagrantfile by what its machines will be known at their hypervisors. Pure. */
public final class ResolvedIdentities {
    private ResolvedIdentities() {}

    /**
     * The identities of all machines that have a provider.
     *
     * @param root the name of Vagrant's root, after which libvirt's machines are named unless the file says otherwise
     */
    public static List<MachineIdentity> of(Resolution resolution, String root) {
        return resolution.machines().stream()
                .filter(machine -> machine.provider().isPresent())
                .map(machine -> of(machine, root))
                .toList();
    }

    private static MachineIdentity of(ResolvedMachine machine, String root) {
        String provider = machine.provider().orElseThrow();
        JsonNode settings = machine.providerSettings();
        boolean libvirt = provider.equals("libvirt");
        return new MachineIdentity(
                machine.name(),
                provider,
                libvirt ? settings.path("uri").asText("") : "",
                libvirt
                        ? domain(machine, settings, root)
                        : settings.path("name").asText(""),
                libvirt && settings.path("description").asText("").isEmpty(),
                "");
    }

    // As vagrant-libvirt names it; with a random part there is nothing to know beforehand.
    private static String domain(ResolvedMachine machine, JsonNode settings, String root) {
        if (settings.path("random_hostname").asBoolean(false)) {
            return "";
        }
        String prefix = settings.hasNonNull("default_prefix")
                ? settings.path("default_prefix").asText("")
                : root + "_";
        return (prefix + machine.name()).replaceAll("[^-A-Za-z0-9_.]", "");
    }
}
