package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a view that was made before is still true. */
@Tag("unit")
class KnownViewsTest {
    private static final Path DIRECTORY = Path.of("/cache/s-0a1b2c3d");
    private static final Instant THEN = Instant.parse("2026-11-26T11:00:00Z");
    // A process of an earlier boot: certainly ended.
    private static final ProcessIdentity GONE = new ProcessIdentity(4321, 1, "11111111-2222-3333-4444-555555555555");

    private final KnownViews known = new KnownViews();
    private int made;

    private static SandboxReader.Layers layers(Path directory) {
        return new SandboxReader.Layers(
                directory,
                Optional.empty(),
                JournalReader.read(directory, List.of()),
                Map.of(),
                THEN,
                HostContext.here());
    }

    private static HypervisorSnapshot answer(String... ids) {
        Map<String, HypervisorObject> objects = new HashMap<>();
        for (String id : ids) {
            objects.put(id, new HypervisorObject("libvirt", id, id, MachineState.RUNNING, 1, "qemu:///system"));
        }
        return new HypervisorSnapshot(Instant.now(), objects, HostAnswers.none(), List.of(), "");
    }

    private SandboxView look(HypervisorSnapshot now, SandboxReader.Layers layers, OperationView... operations) {
        known.begin(now);
        return known.view(layers, () -> {
            made++;
            return new SandboxView(
                    "s-0a1b2c3d",
                    layers.directory(),
                    Optional.empty(),
                    SandboxState.UNKNOWN,
                    "",
                    Liveness.UNKNOWN,
                    List.of(),
                    Optional.empty(),
                    List.of(operations),
                    THEN);
        });
    }

    private static OperationView operation(boolean alive, Optional<Instant> end) {
        return new OperationView(
                "w",
                OperationKind.START,
                new OperationTarget.Sandbox("s-0a1b2c3d"),
                THEN,
                end,
                alive,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void theSameFilesAnswersAndLivesGiveTheSameView() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        SandboxView first = look(answer("u-1"), layers);
        known.end(Set.of(DIRECTORY), Map.of(ProcessIdentity.self(), Life.ALIVE, GONE, Life.ENDED));
        assertThat(look(answer("u-1"), layers)).isSameAs(first);
        assertThat(made).isEqualTo(1);
        known.end(Set.of(DIRECTORY), Map.of());
        assertThat(known.alive()).as("what it stands on still").containsExactly(ProcessIdentity.self());
    }

    @Test
    void anotherAnswerMakesItAnew() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        look(answer("u-1"), layers);
        look(answer("u-1", "u-2"), layers);
        assertThat(made).isEqualTo(2);
        HypervisorSnapshot silent = new HypervisorSnapshot(
                THEN,
                answer("u-1", "u-2").objects(),
                new HostAnswers(Map.of(HostContext.here(), Set.of(Host.libvirt("x"))), Set.of()),
                List.of(),
                "");
        look(silent, layers);
        assertThat(made).as("the same VMs, but nobody says that these are all").isEqualTo(3);
    }

    @Test
    void filesThatWereReadAnewMakeItAnew() {
        look(answer(), layers(DIRECTORY));
        look(answer(), layers(DIRECTORY));
        assertThat(made).isEqualTo(2);
        look(answer(), layers(Path.of("/cache/other")));
        assertThat(made).isEqualTo(3);
    }

    @Test
    void aProcessWhoseLifeChangedMakesItAnew() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        look(answer(), layers);
        known.end(Set.of(DIRECTORY), Map.of(GONE, Life.ALIVE));
        assertThat(known.alive()).containsExactly(GONE);
        look(answer(), layers);
        assertThat(made).as("it was alive and has ended").isEqualTo(2);
        known.end(Set.of(DIRECTORY), Map.of(GONE, Life.ENDED));
        assertThat(known.alive()).isEmpty();
        look(answer(), layers);
        assertThat(made).isEqualTo(2);
    }

    @Test
    void whatIsUnderWayIsLookedAtEachTime() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        look(answer(), layers, operation(true, Optional.empty()));
        look(answer(), layers, operation(true, Optional.of(THEN)));
        assertThat(made).isEqualTo(2);
        look(answer(), layers, operation(false, Optional.empty()));
        assertThat(made).as("it has ended").isEqualTo(2);
        KnownViewsTest other = new KnownViewsTest();
        other.look(answer(), layers, operation(false, Optional.empty()));
        other.look(answer(), layers);
        assertThat(other.made).as("what was cut off goes on no more").isEqualTo(1);
    }

    @Test
    void onlyDirectoriesThatAreThereAreKept() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        look(answer(), layers);
        known.end(Set.of(), Map.of());
        look(answer(), layers);
        assertThat(made).isEqualTo(2);
    }

    @Test
    void aLivenessIsAddedOnceToTheSameView() {
        SandboxReader.Layers layers = layers(DIRECTORY);
        SandboxView view = look(answer(), layers);
        SandboxView stray = known.finished(view, Liveness.STRAY);
        assertThat(stray.liveness()).isEqualTo(Liveness.STRAY);
        assertThat(known.finished(view, Liveness.STRAY)).isSameAs(stray);
        assertThat(known.finished(view, Liveness.LIVE).liveness()).isEqualTo(Liveness.LIVE);
        SandboxView other = view.withLiveness(Liveness.PINNED);
        assertThat(known.finished(other, Liveness.STRAY))
                .as("a view that is not known")
                .isEqualTo(stray)
                .isNotSameAs(known.finished(view, Liveness.STRAY));
        assertThat(look(answer(), layers)).as("as the files tell it").isSameAs(view);
    }
}
