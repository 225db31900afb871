package dev.corral.console.vagrantfile.steps;

import dev.corral.console.Samples;
import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sandboxes of one Vagrantfile with what their journals tell, for tests. */
public final class Story {
    /** The sandbox's id. */
    public static final String ID = "debug-77b0c1e2";
    /** Its machine. */
    public static final String WEB = "web-" + ID;
    /** The Vagrantfile that it was made from. */
    public static final Path FILE = Path.of("/home/ada/evals/webserver/Vagrantfile");
    /** When the first operation begins. */
    public static final Instant BEGIN = Instant.parse("2026-11-23T16:00:00Z");

    private Story() {}

    /** One operation while it is told. */
    public static final class Told {
        private final String id;
        private final OperationKind kind;
        private final String target;
        private final List<PhaseSpan> spans = new ArrayList<>();
        private final Instant begin;
        private Instant at;

        private Told(String id, OperationKind kind, String target, Instant begin) {
            this.id = id;
            this.kind = kind;
            this.target = target;
            this.begin = begin;
            this.at = begin;
        }

        /** A phase that took so many seconds. */
        public Told phase(String words, String machine, double seconds) {
            return phase(Phase.read(words, machine), seconds, false);
        }

        /** A provisioner. */
        public Told provisioner(String name, String type, int position, double seconds) {
            return phase(Phase.of(new Phase.Provisioner(name, type, position), WEB), seconds, false);
        }

        /** The phase in which it failed. */
        public Told failing(String name, String type, int position, double seconds) {
            return phase(Phase.of(new Phase.Provisioner(name, type, position), WEB), seconds, true);
        }

        private Told phase(Phase phase, double seconds, boolean failed) {
            Instant end = at.plusMillis((long) (seconds * 1000));
            spans.add(new PhaseSpan(phase, at, Optional.of(end), failed));
            at = end;
            return this;
        }

        /** It ended well. */
        public OperationView done() {
            return view(Optional.of(at), true, Optional.empty(), spans);
        }

        /** It failed with these lines. */
        public OperationView failed(String sentence, String... lines) {
            return view(
                    Optional.of(at),
                    true,
                    Optional.of(
                            new FailureView(spans.getLast().phase(), sentence, "Mend it.", List.of(lines), 0, false)),
                    spans);
        }

        /** Its last phase goes on; {@code alive} says whether anybody works on it. */
        public OperationView open(boolean alive) {
            List<PhaseSpan> all = new ArrayList<>(spans);
            PhaseSpan last = all.removeLast();
            all.add(new PhaseSpan(last.phase(), last.startedAt(), Optional.empty(), false));
            return view(Optional.empty(), alive, Optional.empty(), all);
        }

        /** Somebody cancelled it in its last phase. */
        public OperationView cancelled() {
            return view(
                    Optional.of(at),
                    true,
                    Optional.of(new FailureView(spans.getLast().phase(), "It was stopped.", "", List.of(), 0, true)),
                    spans);
        }

        private OperationView view(
                Optional<Instant> end, boolean alive, Optional<FailureView> failure, List<PhaseSpan> phases) {
            return new OperationView(
                    id,
                    kind,
                    OperationTarget.of(ID, target),
                    begin,
                    end,
                    alive,
                    List.copyOf(phases),
                    Optional.of(Duration.ofSeconds(30)),
                    failure,
                    List.of(Path.of("/logs/" + id + "/001-up.log"), Path.of("/logs/" + id + "/002-destroy.log")));
        }
    }

    /** A start that has come as far as the machine answers. */
    public static Told start(String id) {
        return new Told(id, OperationKind.START, "", BEGIN)
                .phase("read Vagrantfile", "", 1)
                .phase("copy and check", "", 0.5)
                .phase("find box", WEB, 0.5)
                .phase("create machine", WEB, 1)
                .phase("boot", WEB, 8)
                .phase("wait for SSH", WEB, 2);
    }

    /** A start whose machine boots, 3 s after it began. */
    public static OperationView booting(String id) {
        return beforeTheBoot(id).phase("boot", WEB, 0).open(true);
    }

    /** A start whose machine never answered. */
    public static OperationView bootFailed(String id) {
        return beforeTheBoot(id)
                .phase(Phase.read("boot", WEB), 300, true)
                .failed("The machine did not answer over SSH in time.");
    }

    private static Told beforeTheBoot(String id) {
        return new Told(id, OperationKind.START, "", BEGIN)
                .phase("read Vagrantfile", "", 1)
                .phase("copy and check", "", 0.5)
                .phase("find box", WEB, 0.5)
                .phase("create machine", WEB, 1);
    }

    /** A later operation on the machine. */
    public static Told later(String id, OperationKind kind, int afterSeconds) {
        return new Told(id, kind, WEB, BEGIN.plusSeconds(afterSeconds));
    }

    /** The sandbox with these operations. */
    public static SandboxView sandbox(SandboxState state, MachineState machine, OperationView... operations) {
        MachineView web = Samples.machine(ID, WEB, true, machine, "192.168.121.40", BEGIN);
        SandboxView view =
                Samples.sandbox(ID, "", "", state, "", Liveness.LIVE, Optional.of(operations[0]), BEGIN, web);
        Manifest manifest = view.manifest().orElseThrow();
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.of(manifest),
                state,
                "",
                Liveness.LIVE,
                view.machines(),
                Optional.of(operations[0]),
                List.of(operations),
                BEGIN);
    }

    /** A Vagrantfile with a machine of four provisioners: one with a script, one unnamed, one that runs only when asked for. */
    public static Resolution resolution() {
        return resolution(machine());
    }

    /** The machine of {@link #resolution()}. */
    public static String machine() {
        return """
                {"name": "web", "autostart": true, "primary": true, "file": "%1$s", "line": 3,
                 "provider": "libvirt", "provider_known": true, "boot_timeout": 300, "hostname": "web",
                 "box": {"name": "corral/debian", "present": true, "file": "%1$s", "line": 2},
                 "providers": [{"name": "libvirt", "known": true, "settings": {"memory": 512, "cpus": 1}, "file": "%1$s", "line": 4}],
                 "networks": [{"type": "forwarded_port", "options": {"guest": 80, "host": 8080}, "file": "%1$s", "line": 6}],
                 "synced_folders": [{"id": "/vagrant", "host": ".", "guest": "/vagrant", "disabled": true, "file": "%1$s", "line": 5}],
                 "unknown_keys": [{"of": "config.vm", "key": "bocks", "did_you_mean": ["box"], "file": "%1$s", "line": 7}],
                 "provisioners": [
                   {"index": 0, "name": "packages", "type": "shell", "run": "once", "known": true,
                    "settings": {"inline": "apt-get update"}, "file": "%1$s", "line": 12},
                   {"index": 1, "name": "app", "type": "shell", "run": "once", "known": true,
                    "settings": {"path": "app.sh"}, "file": "%1$s", "line": 13},
                   {"index": 2, "type": "shell", "run": "once", "known": true,
                    "settings": {"inline": "true"}, "file": "%1$s", "line": 14},
                   {"index": 3, "name": "cleanup", "type": "shell", "run": "never", "known": true,
                    "settings": {"inline": "false"}, "file": "%1$s", "line": 15}]}
                """;
    }

    /** A Vagrantfile with these machines, each in the form of the resolver; {@code %1$s} stands for the file. */
    public static Resolution resolution(String... machines) {
        return resolution(List.of(new Resolution.Variable("VAGRANT_BOX", FILE.toString(), 2)), machines);
    }

    /** The same that reads these variables. */
    public static Resolution resolution(List<Resolution.Variable> variables, String... machines) {
        try {
            return Json.mapper()
                    .readValue(
                            ("{\"vagrantfile\": \"%1$s\", \"primary\": \"web\", \"machines\": ["
                                            + String.join(",", machines)
                                            + "], \"variables\": "
                                            + Json.mapper().writeValueAsString(variables) + "}")
                                    .formatted(FILE),
                            Resolution.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
