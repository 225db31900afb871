package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.Vagrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of Vagrant for machines that exist, and by which names. */
@Tag("unit")
class MachineVerbTest {
    @TempDir
    Path temp;

    private static List<MachineState> wanted(MachineVerb verb) {
        return Arrays.stream(MachineState.values()).filter(verb::wants).toList();
    }

    @Test
    void eachVerbEndsInItsStates() {
        for (MachineVerb verb :
                List.of(MachineVerb.up(), MachineVerb.reload(), MachineVerb.resume(), MachineVerb.provision())) {
            assertThat(wanted(verb)).as(verb.word()).containsExactly(MachineState.RUNNING);
        }
        assertThat(wanted(MachineVerb.halt())).containsExactly(MachineState.STOPPED);
        assertThat(wanted(MachineVerb.shutDown())).containsExactly(MachineState.STOPPED);
        assertThat(wanted(MachineVerb.suspend())).containsExactly(MachineState.STOPPED, MachineState.PAUSED);
        assertThat(wanted(MachineVerb.listSnapshots()))
                .as("any, as long as it exists")
                .hasSize(MachineState.values().length - 1)
                .doesNotContain(MachineState.GONE);
        assertThat(MachineVerb.saveSnapshot("a").states()).isEmpty();
    }

    @Test
    void vagrantIsAskedInItsOwnWords() {
        assertThat(MachineVerb.halt().arguments(List.of("db", "web")))
                .containsExactly("halt", "--machine-readable", "db", "web");
        assertThat(MachineVerb.saveSnapshot("clean").arguments(List.of("db")))
                .containsExactly("snapshot", "save", "--machine-readable", "db", "clean");
        assertThat(MachineVerb.restoreSnapshot("clean").arguments(List.of()))
                .containsExactly("snapshot", "restore", "--no-provision", "--machine-readable", "clean");
        List<String> up = new ArrayList<>(List.of("up"));
        up.addAll(Vagrant.UP_OPTIONS);
        assertThat(MachineVerb.up().arguments(List.of()))
                .containsOnlyOnce("--machine-readable")
                .startsWith("up");
        assertThat(MachineVerb.up().before()).isEqualTo(up);
        assertThat(MachineVerb.suspend().arguments(List.of())).containsExactly("suspend", "--machine-readable");
        assertThat(MachineVerb.deleteSnapshot("clean").arguments(List.of()))
                .containsExactly("snapshot", "delete", "--machine-readable", "clean");
    }

    @Test
    void onlyUpMakesWhatIsNotThere() {
        assertThat(MachineVerb.up().makes()).isTrue();
        assertThat(MachineVerb.reload().makes()).isFalse();
        assertThat(MachineVerb.shutDown().kind()).isEqualTo(OperationKind.SHUT_DOWN);
    }

    @Test
    void connectionsEndWithWhatChangesTheState() {
        assertThat(List.of(
                        MachineVerb.up(),
                        MachineVerb.halt(),
                        MachineVerb.shutDown(),
                        MachineVerb.reload(),
                        MachineVerb.suspend(),
                        MachineVerb.resume(),
                        MachineVerb.restoreSnapshot("a")))
                .allMatch(MachineVerb::changesState);
        assertThat(List.of(
                        MachineVerb.provision(),
                        MachineVerb.saveSnapshot("a"),
                        MachineVerb.deleteSnapshot("a"),
                        MachineVerb.listSnapshots()))
                .noneMatch(MachineVerb::changesState);
    }

    @Test
    void aSnapshotIsWantedOrNot() {
        List<VmSnapshot> there = List.of(new VmSnapshot("clean", Optional.empty()));
        MachineVerb.WantedSnapshot saved =
                MachineVerb.saveSnapshot("clean").snapshot().orElseThrow();
        assertThat(saved.in(there)).isTrue();
        assertThat(saved.in(List.of())).isFalse();
        assertThat(saved.words(true)).isEqualTo("snapshot clean is there");
        assertThat(saved.words(false)).isEqualTo("snapshot clean is not there");
        MachineVerb.WantedSnapshot deleted =
                MachineVerb.deleteSnapshot("clean").snapshot().orElseThrow();
        assertThat(deleted.in(there)).isFalse();
        assertThat(deleted.in(List.of())).isTrue();
        assertThat(deleted.words(true)).isEqualTo("snapshot clean is gone");
        assertThat(deleted.words(false)).isEqualTo("snapshot clean is there");
        assertThat(MachineVerb.restoreSnapshot("clean").snapshot()).contains(saved);
        assertThat(MachineVerb.listSnapshots().snapshot()).isEmpty();
        assertThat(MachineVerb.halt().snapshot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "a/b", "a;b", ".x", "é"})
    void aNameThatNeedsQuotesIsNone(String name) {
        assertThatThrownBy(() -> MachineVerb.saveSnapshot(name))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.USAGE))
                .hasMessage("\"" + name + "\" can't be a snapshot's name.");
        assertThatThrownBy(() -> MachineVerb.saveSnapshot("x".repeat(101))).isInstanceOf(ExpectedFailure.class);
        assertThat(MachineVerb.saveSnapshot("x".repeat(100)).word()).isEqualTo("snapshot-save");
    }

    @Test
    void snapshotsAreReadFromVagrantsList() {
        assertThat(NamedSnapshot.of(List.of(
                        line("db", LogLine.Level.STEP, "db"),
                        line("db", LogLine.Level.DETAIL, "clean"),
                        line("db", LogLine.Level.DETAIL, "You can take a snapshot using"),
                        new LogLine(Optional.empty(), "", LogLine.Level.DETAIL, "printed"))))
                .containsExactly(new NamedSnapshot("db", "clean"));
    }

    private static LogLine line(String machine, LogLine.Level level, String text) {
        return new LogLine(Optional.of(Instant.EPOCH), machine, level, text);
    }

    private SandboxFiles sandbox() {
        return SandboxFiles.inOne(temp.resolve("s-0a1b2c3d"));
    }

    private void note(String machine, String id) throws IOException {
        Path folder = Files.createDirectories(sandbox()
                .directory()
                .resolve(".vagrant/machines")
                .resolve(machine)
                .resolve("libvirt"));
        Files.writeString(folder.resolve("id"), id);
    }

    private static Optional<Manifest> manifest(String... machines) {
        return Optional.of(new Manifest(
                2,
                "s-0a1b2c3d",
                Instant.EPOCH,
                new Owner(1, 1, "", Owner.Kind.CONSOLE),
                Manifest.Origin.none(),
                "",
                new Manifest.StartContext(Optional.empty(), Map.of()),
                List.of(machines),
                Optional.empty(),
                List.of(),
                Optional.empty()));
    }

    @Test
    void aMachineIsFoundByTheNameThatAPersonTypes() throws IOException {
        Optional<Manifest> known = manifest("db-s-0a1b2c3d", "web");
        assertThat(MachineNames.full(sandbox(), known, "db")).isEqualTo("db-s-0a1b2c3d");
        assertThat(MachineNames.full(sandbox(), known, "db-s-0a1b2c3d")).isEqualTo("db-s-0a1b2c3d");
        assertThat(MachineNames.full(sandbox(), known, "web")).isEqualTo("web");
        assertThatThrownBy(() -> MachineNames.full(sandbox(), known, "cache"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND))
                .hasMessage("Sandbox s-0a1b2c3d has no machine cache; it has db-s-0a1b2c3d, web.");
        assertThatThrownBy(() -> MachineNames.full(sandbox(), Optional.empty(), "db"))
                .hasMessage("Sandbox s-0a1b2c3d has no machine db.");
    }

    @Test
    void aNameThatVagrantOnlySpokeOfCountsOnlyWhereNoOtherIsKnown() throws IOException {
        note("db", "u-1");
        note("spoken-of", "");
        assertThat(MachineNames.full(sandbox(), manifest("web"), "db")).isEqualTo("db");
        assertThatThrownBy(() -> MachineNames.full(sandbox(), manifest("web"), "spoken-of"))
                .hasMessageContaining("it has web, db.");
        assertThat(MachineNames.full(sandbox(), Optional.empty(), "spoken-of")).isEqualTo("spoken-of");
    }
}
