package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines of a journal say, and that they say the same when they are read again. */
@Tag("unit")
class JournalEntryTest {
    private static final Instant THEN = Instant.parse("2026-02-06T10:00:00Z");
    private static final Phase.Provisioner SCHEMA = new Phase.Provisioner("schema", "shell", 2);

    private static JournalEntry again(JournalEntry entry) throws IOException {
        return Json.mapper().readValue(Json.mapper().writeValueAsBytes(entry), JournalEntry.class);
    }

    private static JournalEntry read(String json) throws IOException {
        return Json.mapper().readValue(json, JournalEntry.class);
    }

    @Test
    void aWorkflowBeginsWithItsKindTargetAndProcess() throws IOException {
        JournalEntry whole = again(JournalEntry.started("w", OperationKind.HALT, new OperationTarget.Sandbox("s")));
        assertThat(whole.event()).isEqualTo(Event.WORKFLOW_STARTED);
        assertThat(whole.workflow()).isEqualTo("w");
        assertThat(whole.operationKind()).isEqualTo(OperationKind.HALT);
        assertThat(whole.machine()).isNull();
        assertThat(whole.process()).isEqualTo(ProcessIdentity.self());
        assertThat(whole.target()).isNotNull();
        assertThat(whole.target().target("other")).isEqualTo(new OperationTarget.Sandbox("s"));
        JournalEntry one = again(JournalEntry.started("w", OperationKind.HALT, new OperationTarget.Machine("s", "db")));
        assertThat(one.machine()).isEqualTo("db");
    }

    @Test
    void aCommandIsNotedWithItsLogAndHowItEnded() throws IOException {
        JournalEntry begun = again(JournalEntry.command("w", "up", "logs/up.log", ProcessIdentity.self()));
        assertThat(begun.event()).isEqualTo(Event.COMMAND_STARTED);
        assertThat(begun.command()).isEqualTo("up");
        assertThat(begun.log()).isEqualTo("logs/up.log");
        assertThat(begun.process()).isEqualTo(ProcessIdentity.self());
        assertThat(begun.commandKind()).contains(OperationKind.UP);
        JournalEntry ended = again(JournalEntry.commandEnded("w", 7));
        assertThat(ended.event()).isEqualTo(Event.COMMAND_ENDED);
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.commandKind()).isEmpty();
    }

    @Test
    void aMachinesNewsIsItsAddressOrThatItAnswers() throws IOException {
        JournalEntry address = again(JournalEntry.machine("w", "db", "192.0.2.7:22"));
        assertThat(address.event()).isEqualTo(Event.MACHINE_ADDRESS);
        assertThat(address.machine()).isEqualTo("db");
        assertThat(address.address()).isEqualTo("192.0.2.7:22");
        JournalEntry booted = again(JournalEntry.machine("w", "db", null));
        assertThat(booted.event()).isEqualTo(Event.MACHINE_BOOTED);
        assertThat(booted.machine()).isEqualTo("db");
        assertThat(booted.address()).isNull();
    }

    @Test
    void aPlaceInTheQueueIsNotedAndSaid() throws IOException {
        JournalEntry waits = again(JournalEntry.queued("w", 3));
        assertThat(waits.event()).isEqualTo(Event.QUEUED);
        assertThat(waits.place()).isEqualTo(3);
        assertThat(JournalEntry.inQueue(waits.place())).isEqualTo("place 3");
        assertThat(JournalEntry.inQueue(1)).isEqualTo("next");
        assertThat(JournalEntry.inQueue(2)).isEqualTo("place 2");
        assertThat(JournalEntry.inQueue(0)).isEmpty();
        assertThat(JournalEntry.inQueue(null)).isEmpty();
    }

    @Test
    void phasesAreReadFromTheirFields() throws IOException {
        for (Phase phase : List.of(
                Phase.of(PhaseKind.BOOT, "db"),
                Phase.of(SCHEMA, "db"),
                Phase.of(new Phase.Trigger("Check", "after", "up"), ""),
                Phase.called("count sheep", "db"),
                Phase.ofItem("sandbox:/c/x", "destroy 1 VM"))) {
            JournalEntry begun = again(JournalEntry.phase("w", phase, THEN));
            assertThat(begun.event()).isEqualTo(Event.PHASE);
            assertThat(begun.at()).isEqualTo(THEN);
            assertThat(begun.inPhase()).isEqualTo(phase);
            assertThat(begun.phase()).isEqualTo(phase.words());
            assertThat(begun.machine()).isEqualTo(phase.machine());
        }
    }

    @Test
    void olderEntriesAreReadFromTheirWordsAndNewerOnesKeepTheirs() throws IOException {
        String start = "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"PHASE\",\"workflow\":\"w\",";
        assertThat(read(start + "\"phase\":\"provision · schema (shell)\",\"machine\":\"db\"}")
                        .inPhase())
                .isEqualTo(Phase.of(new Phase.Provisioner("schema", "shell", 0), "db"));
        assertThat(read(start + "\"phase\":\"dream\",\"step\":{\"kind\":null}}").inPhase())
                .as("a kind of a later version")
                .isEqualTo(Phase.called("dream", ""));
        assertThat(read(start + "\"step\":{\"kind\":\"OTHER\"}}").inPhase()).isEqualTo(Phase.called("", ""));
    }

    @Test
    void theEndOfAnItemSaysWhyItFailed() throws IOException {
        Phase item = Phase.ofItem("sandbox:/c/x", "destroy 1 VM");
        JournalEntry well = again(JournalEntry.phaseEnded("w", item, null));
        assertThat(well.event()).isEqualTo(Event.PHASE_ENDED);
        assertThat(well.inPhase()).isEqualTo(item);
        assertThat(well.failure()).isNull();
        JournalEntry.Failure why = new JournalEntry.Failure("It is in use.", "Try again.", List.of("a line"), 0);
        assertThat(again(JournalEntry.phaseEnded("w", item, why)).failure()).isEqualTo(why);
    }

    @Test
    void aLogIsAddedToAnEntryThatStaysTheSame() {
        JournalEntry phase = JournalEntry.phase("w", Phase.of(PhaseKind.SETUP, "db"), THEN);
        JournalEntry logged = phase.withLog("logs/setup.log");
        assertThat(logged.log()).isEqualTo("logs/setup.log");
        assertThat(logged.inPhase()).isEqualTo(phase.inPhase());
        assertThat(logged.at()).isEqualTo(THEN);
    }

    @ParameterizedTest
    @CsvSource({"true, WORKFLOW_CANCELLED", "false, WORKFLOW_FAILED"})
    void whatIsShownOfAFailureIsWhatWasNoted(boolean cancelled, Event event) throws IOException {
        FailureView shown =
                new FailureView(Phase.of(SCHEMA, "db"), "It failed.", "Mend it.", List.of("one", "two"), 12, cancelled);
        JournalEntry entry = again(JournalEntry.failed("w", shown));
        assertThat(entry.event()).isEqualTo(event);
        assertThat(entry.shown()).isEqualTo(shown);
    }

    @Test
    void aFailureWithoutDetailsIsShownWithoutThem() throws IOException {
        String start = "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_FAILED\",\"workflow\":\"w\"";
        assertThat(read(start + "}").shown())
                .isEqualTo(new FailureView(Phase.called("", ""), "", "", List.of(), 0, false));
        assertThat(read(start + ",\"failure\":{\"sentence\":\"It failed.\"}}").shown())
                .isEqualTo(new FailureView(Phase.called("", ""), "It failed.", "", List.of(), 0, false));
    }

    @Test
    void whereAFailureComesFromAndWhatHelpsIsNotedAsWell() throws IOException {
        FailureView shown = new FailureView(
                Phase.of(PhaseKind.BOOT, "db"),
                "The port is in use.",
                "Choose another.",
                List.of(),
                0,
                false,
                Optional.of(Layer.NETWORK),
                Optional.of(new Remedy(Remedy.Kind.FREE_PORT, "8080")));
        assertThat(again(JournalEntry.failed("w", shown)).shown()).isEqualTo(shown);
        assertThat(shown.in(Phase.of(PhaseKind.SSH, "db")).withNextStep("Wait.").remedy())
                .isEqualTo(shown.remedy());
        FailureView later =
                read("{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_FAILED\",\"workflow\":\"w\",\"failure\":"
                                + "{\"sentence\":\"x\",\"layer\":\"MOON\",\"remedy\":{\"kind\":\"PRAY\",\"argument\":\"\"}}}")
                        .shown();
        assertThat(later.layer()).as("a layer of a later version").isEmpty();
        assertThat(later.remedy()).as("a remedy of a later version").isEmpty();
    }

    @Test
    void timesAreCountedFromABeginningAndNeverBackwards() {
        JournalEntry entry = JournalEntry.phase("w", Phase.of(PhaseKind.BOOT), THEN);
        assertThat(entry.secondsSince(THEN.minusMillis(1500))).isEqualTo(1.5);
        assertThat(entry.secondsSince(THEN.plusSeconds(5)))
                .as("a clock that was set back")
                .isZero();
    }

    @Test
    void anEntryWithoutAKindIsOfAnotherKind() {
        JournalEntry bare = JournalEntry.of(Event.WORKFLOW_ENDED, "w");
        assertThat(bare.operationKind()).isEqualTo(OperationKind.OTHER);
        assertThat(bare.commandKind()).isEqualTo(Optional.empty());
        assertThat(bare.event()).isEqualTo(Event.WORKFLOW_ENDED);
        assertThat(bare.workflow()).isEqualTo("w");
        assertThat(bare.at()).isBeforeOrEqualTo(Instant.now());
    }
}
