package dev.corral.console.sandboxes;

import dev.corral.console.Samples;
import dev.corral.console.work.MachineWork;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sandboxes and samples as rows are made of them. */
abstract class RowFactoryFixture {
    static final Instant NOW = Samples.NOW;
    static final String ID = "s-0a1b2c3d";
    static final Path HOME = Path.of("/home/ada");

    static RowFactory rows(MachineWork work, String... cancels) {
        return new RowFactory(HOME, Set.of(cancels), work, true);
    }

    static RowFactory rows() {
        return rows(MachineWork.none());
    }

    static MachineView vm(String name, MachineState state, long disk) {
        MachineView plain = Samples.machine(ID, name, name.equals("db"), state, "192.0.2.7:22", NOW);
        return new MachineView(
                plain.sandbox(),
                plain.name(),
                plain.primary(),
                plain.state(),
                plain.provider(),
                plain.id(),
                plain.box(),
                plain.address(),
                plain.since(),
                disk,
                plain.directory());
    }

    static SandboxView view(SandboxState state, MachineView... machines) {
        return view(state, Liveness.LIVE, Optional.empty(), machines);
    }

    static SandboxView view(
            SandboxState state, Liveness liveness, Optional<OperationView> operation, MachineView... machines) {
        return Samples.sandbox(ID, "web_flag", "sqli-01", state, "", liveness, operation, NOW, machines);
    }

    static SandboxView with(SandboxView view, Manifest manifest) {
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.of(manifest),
                view.state(),
                view.detail(),
                view.liveness(),
                view.machines(),
                view.operation(),
                view.createdAt());
    }

    static SandboxView pinned(SandboxView view) {
        return with(
                view,
                view.manifest().orElseThrow().withPin(Optional.of(new Manifest.Pin("ada", NOW, Optional.empty()))));
    }

    static SandboxView inEpoch(SandboxView view, int epoch) {
        Manifest manifest = view.manifest().orElseThrow();
        Manifest.Origin origin = new Manifest.Origin("web_flag", "/t.py", "sqli-01", epoch, "", "", "", 0, "");
        return with(
                view,
                new Manifest(
                        manifest.schemaVersion(),
                        manifest.id(),
                        manifest.createdAt(),
                        manifest.owner(),
                        origin,
                        manifest.vagrantfile(),
                        manifest.context(),
                        manifest.machines(),
                        manifest.primary(),
                        manifest.copied(),
                        manifest.pin()));
    }

    static SandboxView byHand(SandboxView view, String vagrantfile) {
        Manifest manifest = view.manifest().orElseThrow();
        return with(
                view,
                new Manifest(
                        manifest.schemaVersion(),
                        manifest.id(),
                        manifest.createdAt(),
                        manifest.owner(),
                        Manifest.Origin.none(),
                        vagrantfile,
                        manifest.context(),
                        manifest.machines(),
                        manifest.primary(),
                        manifest.copied(),
                        manifest.pin()));
    }

    static Optional<OperationView> failed(boolean cancelled, String phase) {
        return Optional.of(Samples.start(
                ID,
                NOW,
                true,
                Optional.of(new FailureView(Phase.read(phase, ""), "It did not boot.", "", List.of(), 0, cancelled)),
                "boot",
                1));
    }

    static Subject.Sample sample(SandboxView... views) {
        return new Subject.Sample(
                "web_flag",
                "/t.py",
                "sqli-01",
                Optional.of(Samples.sample("sqli-01", "Find\nit.")),
                List.of(views),
                Optional.empty());
    }

    static Subject.Sample last(Optional<OperationView> operation) {
        return new Subject.Sample(
                "web_flag",
                "/t.py",
                "sqli-01",
                Optional.of(Samples.sample("sqli-01", "Find\nit.")),
                List.of(),
                Optional.of(view(SandboxState.FAILED, Liveness.LIVE, operation)));
    }

    static Subject.Eval eval(Optional<EvalTask> definition, SandboxView... views) {
        return new Subject.Eval("web_flag", Samples.FILE.toString(), definition, List.of(views), Optional.empty());
    }
}
