package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of today and of older versions give operations, and the same state. */
@Tag("unit")
class JournalReaderTest {
    private static final String OLD_START = """
            {"at":"2026-01-01T00:00:00Z","event":"WORKFLOW_STARTED","workflow":"s1","kind":"start"}
            {"at":"2026-01-01T00:00:01Z","event":"PHASE","workflow":"s1","machine":"","phase":"copy and check"}
            {"at":"2026-01-01T00:00:02Z","event":"COMMAND_STARTED","workflow":"s1","command":"up","log":"logs/001-up.log"}
            {"at":"2026-01-01T00:00:03Z","event":"PHASE","workflow":"s1","machine":"db","phase":"boot"}
            {"at":"2026-01-01T00:00:04Z","event":"PHASE","workflow":"s1","machine":"db","phase":"provision · schema (shell)"}
            {"at":"2026-01-01T00:00:05Z","event":"COMMAND_ENDED","workflow":"s1","exit_code":0}
            {"at":"2026-01-01T00:00:06Z","event":"WORKFLOW_ENDED","workflow":"s1"}
            """;

    @TempDir
    Path temp;

    private JournalReader.JournalSummary read(String lines) throws IOException {
        Path file = Files.writeString(temp.resolve("journal.jsonl"), lines);
        return JournalReader.read(temp.resolve("0a1b2c3d"), new Journal(file).read());
    }

    @Test
    void anOldVerbIsAnOperationOfItsOwnAndChangesNoState() throws Exception {
        JournalReader.JournalSummary told = read(OLD_START + """
                        {"at":"2026-01-01T01:00:00Z","event":"COMMAND_STARTED","workflow":"m1","command":"provision",\
                        "log":"logs/002-provision.log"}
                        {"at":"2026-01-01T01:00:09Z","event":"COMMAND_ENDED","workflow":"m1","exit_code":1}
                        {"at":"2026-01-01T02:00:00Z","event":"COMMAND_STARTED","workflow":"m2","command":"destroy",\
                        "log":"logs/003-destroy.log"}
                        """);
        OperationView start = told.operation().orElseThrow().view();
        assertThat(start.kind()).isEqualTo(OperationKind.START);
        assertThat(start.failure()).isEmpty();
        assertThat(start.endedAt()).isPresent();
        assertThat(start.logs()).containsExactly(temp.resolve("0a1b2c3d/logs/001-up.log"));
        assertThat(told.startSucceeded()).isTrue();
        List<OperationView> all =
                told.operations().stream().map(JournalReader.Told::view).toList();
        assertThat(all)
                .extracting(OperationView::kind)
                .containsExactly(OperationKind.START, OperationKind.PROVISION, OperationKind.DESTROY_MACHINE);
        assertThat(all.get(1).failure().map(FailureView::sentence))
                .contains("vagrant provision ended with exit code 1.");
        assertThat(all.get(1).logs()).hasSize(1);
        assertThat(all.get(2).interrupted()).isTrue();
    }

    @Test
    void theStartAndTheLastBootAreKnownAfterManyReruns() throws Exception {
        StringBuilder lines = new StringBuilder(OLD_START);
        lines.append("""
                {"at":"2026-01-01T00:30:00Z","event":"WORKFLOW_STARTED","workflow":"r","kind":"reload"}
                {"at":"2026-01-01T00:31:00Z","event":"WORKFLOW_ENDED","workflow":"r"}
                """);
        for (int i = 0; i < 40; i++) {
            for (String kind : List.of("update-code", "provision")) {
                lines.append(
                        "{\"at\":\"2026-01-01T01:%02d:00Z\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"%s%d\",\"kind\":\"%s\"}\n"
                                .formatted(i, kind, i, kind));
            }
        }
        List<OperationKind> kinds = read(lines.toString()).operations().stream()
                .map(told -> told.view().kind())
                .toList();
        assertThat(kinds).startsWith(OperationKind.START, OperationKind.RELOAD);
        assertThat(kinds).filteredOn(OperationKind.PROVISION::equals).hasSize(30);
    }

    @Test
    void oldPhasesAreRead() throws Exception {
        assertThat(read(OLD_START).start().orElseThrow().phases())
                .extracting(PhaseSpan::phase)
                .containsExactly(
                        Phase.of(PhaseKind.COPY),
                        Phase.of(PhaseKind.BOOT, "db"),
                        Phase.of(new Phase.Provisioner("schema", "shell", 0), "db"));
    }

    @Test
    void kindsOfOtherVersionsChangeNoState() throws Exception {
        JournalReader.JournalSummary told = read(OLD_START + """
                        {"at":"2026-01-01T01:00:00Z","event":"WORKFLOW_STARTED","workflow":"x","kind":"machine"}
                        {"at":"2026-01-01T01:00:01Z","event":"WORKFLOW_STARTED","workflow":"y","kind":"teleport"}
                        {"at":"2026-01-01T01:00:01Z","event":"WORKFLOW_STARTED"}
                        {"at":"2026-01-01T01:00:02Z","event":"PHASE","workflow":"y","phase":"beam","step":{"kind":"BEAM"}}
                        {"at":"2026-01-01T01:00:03Z","event":"WORKFLOW_FAILED","workflow":"y"}
                        """);
        assertThat(told.operation().orElseThrow().view().kind()).isEqualTo(OperationKind.START);
        assertThat(told.operation().orElseThrow().view().failure()).isEmpty();
        assertThat(told.operations()).hasSize(4).last().satisfies(last -> assertThat(
                        last.view().kind())
                .isEqualTo(OperationKind.OTHER));
        assertThat(told.operations().get(2).view().phases())
                .extracting(PhaseSpan::name)
                .containsExactly("beam");
    }

    @Test
    void todaysEntriesComeBackAsTheyWere() throws Exception {
        Journal journal = new Journal(temp.resolve("journal.jsonl"));
        Phase third = Phase.of(new Phase.Provisioner("", "shell", 3), "db");
        journal.append(JournalEntry.started("v", OperationKind.PROVISION, OperationTarget.of("0a1b2c3d", "db")));
        journal.append(JournalEntry.phase("v", third, Instant.now()));
        FailureView why = new FailureView(third, "It failed.", "Look.", List.of("line"), 7, false);
        journal.append(JournalEntry.failed("v", why));
        OperationView told = JournalReader.read(temp.resolve("0a1b2c3d"), journal.read())
                .operations()
                .getFirst()
                .view();
        assertThat(told.target()).isEqualTo(new OperationTarget.Machine("0a1b2c3d", "db"));
        assertThat(told.failure()).contains(why);
        assertThat(told.phases().getFirst().phase()).isEqualTo(third);
        assertThat(told.phases().getFirst().failed()).isTrue();
        // Older versions read the words.
        assertThat(Files.readString(journal.file())).contains("\"phase\":\"provision · shell\"");
    }

    @Test
    void itemsSideBySideEndEachOnItsOwn() throws Exception {
        Journal journal = new Journal(temp.resolve("journal.jsonl"));
        journal.append(JournalEntry.started("c", OperationKind.CLEANUP, new OperationTarget.Plan(2)));
        journal.append(JournalEntry.phase("c", Phase.ofItem("volume a", "delete it"), Instant.now()));
        journal.append(JournalEntry.phase("c", Phase.ofItem("volume b", "delete it"), Instant.now()));
        journal.append(JournalEntry.phaseEnded(
                "c",
                Phase.ofItem("volume a", "delete it"),
                new JournalEntry.Failure("It is in use.", "", List.of(), 0)));
        OperationView told =
                JournalReader.read(temp, journal.read()).operations().getFirst().view();
        assertThat(told.target()).isEqualTo(new OperationTarget.Plan(2));
        assertThat(told.phases()).extracting(PhaseSpan::failed).containsExactly(true, false);
        assertThat(told.currentPhase().map(PhaseSpan::machine)).contains("volume b");
        assertThat(journal.read()).extracting(JournalEntry::event).contains(Event.PHASE_ENDED);
    }

    @Test
    void aPhaseEndsWhenTheNextOfItsMachineBegins() {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        Phase setUp = Phase.of(new Phase.Provisioner("", "shell", 1), "db");
        List<JournalEntry> entries = new ArrayList<>(List.of(
                JournalEntry.started("s", OperationKind.START, new OperationTarget.Sandbox("0a1b2c3d")),
                JournalEntry.phase("s", Phase.of(PhaseKind.COPY), begin),
                JournalEntry.phase("s", Phase.of(PhaseKind.BOOT, "db"), begin.plusSeconds(1)),
                JournalEntry.phase("s", Phase.of(PhaseKind.BOOT, "web"), begin.plusSeconds(2)),
                JournalEntry.phase("s", setUp, begin.plusSeconds(3)).withLog("logs/setup.log")));
        OperationView underWay = told(entries);
        assertThat(underWay.phases())
                .extracting(PhaseSpan::phase, PhaseSpan::endedAt)
                .containsExactly(
                        tuple(Phase.of(PhaseKind.COPY), Optional.of(begin.plusSeconds(1))),
                        tuple(Phase.of(PhaseKind.BOOT, "db"), Optional.of(begin.plusSeconds(3))),
                        tuple(Phase.of(PhaseKind.BOOT, "web"), Optional.empty()),
                        tuple(setUp, Optional.empty()));
        assertThat(underWay.logs()).containsExactly(temp.resolve("0a1b2c3d/logs/setup.log"));
        entries.add(JournalEntry.failed("s", new FailureView(setUp, "It failed.", "", List.of(), 0, false)));
        assertThat(told(entries).phases()).extracting(PhaseSpan::failed).containsExactly(false, false, false, true);
        assertThat(told(entries).phases()).allMatch(span -> span.endedAt().isPresent());
        entries.removeLast();
        entries.add(JournalEntry.failed("s", new FailureView(setUp, "Cancelled.", "", List.of(), 0, true)));
        assertThat(told(entries).phases()).as("what was cancelled did not fail").noneMatch(PhaseSpan::failed);
        entries.removeLast();
        entries.add(JournalEntry.failed("s", new FailureView(setUp.on("web"), "It failed.", "", List.of(), 0, false)));
        assertThat(told(entries).phases()).as("on another machine").noneMatch(PhaseSpan::failed);
    }

    private OperationView told(List<JournalEntry> entries) {
        return JournalReader.read(temp.resolve("0a1b2c3d"), entries)
                .operation()
                .orElseThrow()
                .view();
    }
}
