package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out before a machine is made whether its hypervisor answers: the one that Vagrant will talk to, and no other. */
public final class Reach {
    private static final int LONGEST = 300;

    private final Hypervisors hypervisors;

    public Reach(Hypervisors hypervisors) {
        this.hypervisors = hypervisors;
    }

    /**
     * Asks the hypervisors of all machines that start by themselves. Blocks until they have answered, at most for 20 s each.
     *
     * @param context what Vagrant is started with
     * @throws ExpectedFailure if one does not answer. One whose tools are not on this machine, or that a container in a VM may be, is
     *     left to Vagrant.
     */
    public void require(Manifest.StartContext context, Resolution resolution) {
        List<String> uris = names(resolution, "libvirt", machine -> true).stream()
                .map(machine -> machine.providerSettings().path("uri").asText(""))
                .filter(uri -> !uri.isBlank())
                .distinct()
                .toList();
        if (!uris.isEmpty()) {
            require(
                    HostContext.of(context.environment(), uris),
                    "libvirt",
                    "the Vagrantfile's libvirt.uri or " + "LIBVIRT_DEFAULT_URI names it");
        }
        // With a VM of its own for the containers it is Vagrant that starts the engine.
        if (!names(resolution, "docker", machine -> !machine.providerSettings()
                        .path("force_host_vm")
                        .asBoolean(false))
                .isEmpty()) {
            require(context.hosts(), "docker", "DOCKER_HOST or DOCKER_CONTEXT names it");
        }
    }

    private static List<ResolvedMachine> names(
            Resolution resolution, String provider, Predicate<ResolvedMachine> which) {
        return resolution.machines().stream()
                .filter(ResolvedMachine::autostart)
                .filter(machine -> machine.provider().filter(provider::equals).isPresent())
                .filter(which)
                .toList();
    }

    private void require(HostContext context, String provider, String decides) {
        Optional<String> why = hypervisors.unreachable(context, provider);
        if (why.isPresent()) {
            throw ExpectedFailure.failed(
                    PlainText.line(why.get(), LONGEST) + ". No VM was made.",
                    "Start it, or use another: " + decides + ".");
        }
    }
}
