package dev.corral.core.inventory.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When what belongs to which sandbox has to be found out anew: after each change that could make it false. */
@Tag("unit")
class KnownClaimsTest {
    private static final String ID = "0a1b2c3d";

    private final KnownClaims known = new KnownClaims();
    private final List<SandboxView> sandboxes = new ArrayList<>(List.of(view(SandboxState.READY, "u-1")));
    private final Map<Path, List<MachineIdentity>> noted = new HashMap<>();
    private final Set<String> made = new HashSet<>(Set.of(ID));
    private final List<IndexSnapshot> indexes = new ArrayList<>();
    private Survey survey = survey();

    private static Survey survey() {
        return new Survey(
                Pieces.NOW, List.of(), List.of(), List.of(), List.of(), HostAnswers.none(), Map.of(), List.of());
    }

    private static SandboxView view(SandboxState state, String... vms) {
        return Pieces.sandbox(
                ID, Optional.of(Pieces.manifest(ID, Pieces.ended(), Optional.empty())), state, Optional.empty(), vms);
    }

    private Claims claims() {
        return known.of(new Evidence(
                Pieces.CACHE,
                sandboxes,
                List.of(),
                survey,
                indexes,
                List.of(),
                Set.of(),
                Set.of(),
                new Unseen(List.of(Pieces.CACHE), true),
                made,
                Set.of(),
                Map.of(),
                Map.of(),
                noted,
                Map.of(),
                Pieces.NOW));
    }

    private void changes(Runnable change) {
        Claims before = claims();
        assertThat(claims()).isSameAs(before);
        change.run();
        assertThat(claims()).isNotSameAs(before);
    }

    @Test
    void whatAJournalTellsChangesNothing() {
        Claims before = claims();
        sandboxes.set(0, view(SandboxState.DEGRADED, "u-1"));
        assertThat(claims()).isSameAs(before);
    }

    @Test
    void anotherAnswerOfAHypervisorChangesIt() {
        changes(() -> survey = survey());
    }

    @Test
    void anotherMachineChangesIt() {
        changes(() -> sandboxes.set(0, view(SandboxState.READY, "u-2")));
        changes(() -> sandboxes.set(0, view(SandboxState.READY, "u-2", "u-3")));
        changes(() -> {
            MachineView machine = sandboxes.getFirst().machines().getFirst();
            sandboxes.set(
                    0,
                    withMachine(new MachineView(
                            machine.sandbox(),
                            machine.name(),
                            true,
                            machine.state(),
                            "virtualbox",
                            machine.id(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            -1,
                            machine.directory())));
        });
    }

    private static SandboxView withMachine(MachineView machine) {
        SandboxView view = view(SandboxState.READY);
        return new SandboxView(
                view.id(),
                view.directory(),
                view.manifest(),
                view.state(),
                "",
                view.liveness(),
                List.of(machine),
                Optional.empty(),
                view.createdAt());
    }

    @Test
    void aSandboxThatComesGoesOrMovesChangesIt() {
        SandboxView other = Pieces.sandbox("11111111", Optional.empty(), SandboxState.UNKNOWN, Optional.empty());
        changes(() -> sandboxes.add(other));
        changes(() -> sandboxes.remove(other));
        changes(() -> sandboxes.set(0, other));
    }

    @Test
    void otherHostsChangeIt() {
        changes(() -> {
            Manifest manifest = sandboxes.getFirst().manifest().orElseThrow();
            Manifest elsewhere = new Manifest(
                    1,
                    ID,
                    manifest.createdAt(),
                    manifest.owner(),
                    manifest.origin(),
                    "",
                    new Manifest.StartContext(Optional.empty(), Map.of("LIBVIRT_DEFAULT_URI", "qemu:///session")),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
            sandboxes.set(0, Pieces.sandbox(ID, Optional.of(elsewhere), SandboxState.READY, Optional.empty(), "u-1"));
        });
    }

    @Test
    void whatIsNotedOfItsMachinesChangesIt() {
        Path directory = sandboxes.getFirst().directory();
        changes(() -> noted.put(directory, List.of(new MachineIdentity("a", "libvirt", "", "n", false, "u-9"))));
        changes(() -> noted.remove(directory));
    }

    @Test
    void whatWasMadeHereAndTheIndexesChangeIt() {
        changes(() -> made.add("22222222"));
        changes(() -> indexes.add(new IndexSnapshot(Pieces.HOME, List.of(), Optional.empty())));
    }
}
