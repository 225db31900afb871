package dev.corral.console.remedy;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.remedy.HeldSandbox;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.Place;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ways of whoever shows the failure of a sandbox.
 *
 * @param view       the sandbox; empty where there is none
 * @param repeating  does it again
 * @param jumping    shows a line
 * @param looking    shows the machine's screen, or opens a shell
 */
public record SandboxWays(
        Optional<SandboxView> view,
        Consumer<Offer.Again> repeating,
        Consumer<Place> jumping,
        Consumer<Offer.Look> looking)
        implements Remedies.Ways {
    private static final String HOME = "VAGRANT_HOME";
    private static final String USUAL = "qemu:///system";

    /** The provider of a sandbox's machines; empty where nobody knows it. */
    public static String provider(Optional<SandboxView> view) {
        return view.stream()
                .flatMap(one -> one.machines().stream())
                .map(MachineView::provider)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .or(() -> view.flatMap(SandboxView::manifest)
                        .flatMap(manifest -> manifest.context().provider()))
                .orElse("");
    }

    /** The connection to libvirt that a sandbox's Vagrant uses. */
    public static String connection(Optional<SandboxView> view) {
        HostContext hosts = Manifest.hosts(view.flatMap(SandboxView::manifest));
        return hosts.connections().stream()
                .findFirst()
                .or(() -> Optional.ofNullable(hosts.variables().get("LIBVIRT_DEFAULT_URI"))
                        .filter(uri -> !uri.isBlank()))
                .orElse(USUAL);
    }

    @Override
    public void again(Offer.Again what) {
        repeating.accept(what);
    }

    @Override
    public void jump(Place place) {
        jumping.accept(place);
    }

    @Override
    public void look(Offer.Look what) {
        looking.accept(what);
    }

    @Override
    public Optional<HeldSandbox> held(Environment environment) {
        return view.map(one -> HeldSandbox.of(
                environment,
                one.id(),
                one.directory(),
                one.manifest(),
                one.machines().stream().map(MachineView::name).toList()));
    }

    @Override
    public String sandbox() {
        return view.map(SandboxView::id).orElse("");
    }

    @Override
    public Map<String, String> context() {
        return view.flatMap(SandboxView::manifest)
                .map(manifest -> manifest.context().environment().get(HOME))
                .map(home -> Map.of(HOME, home))
                .orElse(Map.of());
    }
}
