package dev.corral.core.solve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.control.ControlChannel;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world around sessions that a test decides about. */
final class TestWorld implements SolveWorld {
    static final ProcessIdentity RUN = new ProcessIdentity(4711, 99, "");

    final Path home;
    final LocalGuest guest;
    final Map<String, String> variables = new HashMap<>();
    final List<String> pinned = new ArrayList<>();
    final List<Map<String, Object>> edits = new ArrayList<>();
    Life life = Life.ALIVE;
    MachineState machine = MachineState.RUNNING;
    SandboxState state = SandboxState.READY;
    boolean sandboxThere = true;
    boolean reachable = true;
    boolean control = true;
    Optional<String> log = Optional.empty();
    boolean recordingsReadable = true;

    TestWorld(Path home) {
        this.home = home;
        guest = new LocalGuest(home.resolve("services"));
        variables.put("XDG_STATE_HOME", home.resolve("state").toString());
    }

    @Override
    public Environment environment() {
        return new Environment(variables);
    }

    @Override
    public Inventory inventory() {
        Owner owner = new Owner(RUN.pid(), RUN.startTicks(), "", Owner.Kind.INSPECT);
        Manifest manifest = new Manifest(
                2,
                "box-1",
                Instant.now(),
                owner,
                new Manifest.Origin("ctf", "", "a/b 1", 1, "", "", "ev", 1, "/logs/x.eval"),
                "/Vagrantfile",
                new Manifest.StartContext(Optional.empty(), Map.of(), Optional.empty(), List.of()),
                List.of("default"),
                Optional.of("default"),
                List.of(),
                Optional.empty());
        MachineView view = new MachineView(
                "box-1",
                "default",
                true,
                machine,
                "libvirt",
                "id",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                home);
        SandboxView sandbox = new SandboxView(
                "box-1",
                home,
                Optional.of(manifest),
                state,
                "",
                Liveness.LIVE,
                List.of(view),
                Optional.empty(),
                Instant.now());
        return new Inventory(
                Instant.now(), home, sandboxThere ? List.of(sandbox) : List.of(), List.of(), "", List.of());
    }

    @Override
    public GuestShell guest(String sandbox, String name) {
        if (!reachable) {
            throw ExpectedFailure.failed("no way", "").withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
        return guest;
    }

    @Override
    public void pin(String sandbox, boolean stays) {
        if (stays) {
            pinned.add(sandbox);
        } else {
            pinned.remove(sandbox);
        }
    }

    @Override
    public Life life(ProcessIdentity process) {
        return process.equals(RUN) ? life : process.life();
    }

    @Override
    public Optional<ControlChannel> control(ProcessIdentity process) {
        return control ? Optional.of(new ControlChannel(home.resolve("s"), Duration.ofSeconds(20))) : Optional.empty();
    }

    @Override
    public JsonNode log(String file, String sample, int epoch) {
        try {
            return Json.mapper().readTree(log.orElseThrow(() -> ExpectedFailure.failed("The log can't be read.", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonNode recordings(String file, String sample, int epoch) {
        if (!recordingsReadable) {
            throw ExpectedFailure.failed("Its recordings can't be read.", "");
        }
        return log(file, sample, epoch);
    }

    @Override
    public void edit(String file, Map<String, Object> fields, String author, String reason) {
        edits.add(fields);
    }
}
