package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a sandbox's journal. Which fields are set depends on the event.
 *
 * @param at         when
 * @param event      what happened
 * @param workflow   the workflow's id
 * @param kind       the workflow's kind, with {@code workflow_started}
 * @param machine    the machine's name, where the event is about one
 * @param phase      the phase that begins, or that failed
 * @param command    the Vagrant command, with {@code command_started}
 * @param log        its log, or that of what the phase runs, relative to the sandbox's directory
 * @param process    the process that runs the workflow or the command
 * @param exitCode   with {@code command_ended}
 * @param address    with {@code machine_address}
 * @param place      place in the queue for a start slot, from 1, with {@code queued}
 * @param failure    with {@code workflow_failed}, {@code workflow_cancelled} and a phase that failed
 * @param step       the same phase in fields; {@code phase} has its words, which is all that older entries have
 * @param target     what the workflow works on, with {@code workflow_started}; older entries have none
 * @param note       a sentence, with {@code note}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JournalEntry(
        Instant at,
        Event event,
        String workflow,
        @Nullable String kind,
        @Nullable String machine,
        @Nullable String phase,
        @Nullable String command,
        @Nullable String log,
        @Nullable ProcessIdentity process,
        @Nullable Integer exitCode,
        @Nullable String address,
        @Nullable Integer place,
        @Nullable Failure failure,
        @Nullable Step step,
        OperationTarget.@Nullable Noted target,
        @Nullable String note) {

    /** What can happen. */
    public enum Event {
        /** A start or destroy began. */
        WORKFLOW_STARTED,
        /** It waits for a start slot. */
        QUEUED,
        /** A phase began on a machine, or of the whole sandbox; the one before it there is over. */
        PHASE,
        /** Something that the user should know, and that stops nothing. */
        NOTE,
        /** The phase of one item of a cleanup is over; only what fails or is left alone says why. */
        PHASE_ENDED,
        /** A Vagrant command was started. */
        COMMAND_STARTED,
        /** A Vagrant command has ended. */
        COMMAND_ENDED,
        /** A machine's address became known. */
        MACHINE_ADDRESS,
        /** A machine answers over SSH. */
        MACHINE_BOOTED,
        /** What a failed start left undone is done: from here on the sandbox counts as started. */
        START_COMPLETED,
        /** The workflow has ended well. */
        WORKFLOW_ENDED,
        /** The workflow has failed. */
        WORKFLOW_FAILED,
        /** Somebody cancelled the workflow. */
        WORKFLOW_CANCELLED
    }

    /**
     * Why a workflow failed.
     *
     * @param sentence what happened
     * @param nextStep what can be done, may be null
     * @param lines    output lines that matter, may be null
     * @param line     the Vagrantfile's line at fault, 0 when unknown
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Failure(String sentence, @Nullable String nextStep, List<String> lines, int line) {}

    /** Seconds from then to this entry, never less than 0. */
    public double secondsSince(Instant begin) {
        return Math.max(0, Duration.between(begin, at).toMillis()) / 1000.0;
    }

    /**
     * A phase in fields.
     *
     * @param kind        what is done; null in an entry of a version that has other kinds
     * @param provisioner the provisioner, if it is one
     * @param trigger     the trigger, if it is one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            @Nullable PhaseKind kind, Phase.@Nullable Provisioner provisioner, Phase.@Nullable Trigger trigger) {
        private static Step of(Phase phase) {
            return new Step(
                    phase.kind(),
                    phase.provisioner().orElse(null),
                    phase.trigger().orElse(null));
        }

        private Phase phase(PhaseKind known, String words, String machine) {
            return new Phase(
                    known,
                    machine,
                    Optional.ofNullable(provisioner),
                    Optional.ofNullable(trigger),
                    known == PhaseKind.OTHER || known == PhaseKind.ITEM ? words : "");
        }
    }

    /** The phase that begins, ends or failed; nothing is read from its words where fields say the same. */
    public Phase inPhase() {
        PhaseKind known = step == null ? null : step.kind();
        return step == null || known == null
                ? Phase.read(phase, machine)
                : step.phase(known, Objects.requireNonNullElse(phase, ""), Objects.requireNonNullElse(machine, ""));
    }

    /** The kind of the workflow that begins. */
    public OperationKind operationKind() {
        return OperationKind.of(kind);
    }

    /** The kind of the workflow whose Vagrant command begins, where no entry before it said so: older versions noted nothing else. */
    public Optional<OperationKind> commandKind() {
        return OperationKind.ofCommand(command);
    }

    /** A place in the queue for a start slot in words; nothing where it is unknown, which is null or 0. */
    public static String inQueue(@Nullable Integer place) {
        return place == null || place < 1 ? "" : place == 1 ? "next" : "place " + place;
    }

    /** An entry with only the fields that every event has. */
    public static JournalEntry of(Event event, String workflow) {
        return at(Instant.now(), event, workflow);
    }

    private static JournalEntry at(Instant at, Event event, String workflow) {
        return new JournalEntry(
                at, event, workflow, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Waiting for a start slot; it is told anew when the place changes. */
    public static JournalEntry queued(String workflow, int place) {
        return new JournalEntry(
                Instant.now(),
                Event.QUEUED,
                workflow,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                place,
                null,
                null,
                null,
                null);
    }

    /** The start of a workflow of this process. */
    public static JournalEntry started(String workflow, OperationKind kind, OperationTarget target) {
        return new JournalEntry(
                Instant.now(),
                Event.WORKFLOW_STARTED,
                workflow,
                kind.word(),
                target.machine().isEmpty() ? null : target.machine(),
                null,
                null,
                null,
                ProcessIdentity.self(),
                null,
                null,
                null,
                null,
                null,
                target.noted(),
                null);
    }

    /** The start of a phase. */
    public static JournalEntry phase(String workflow, Phase phase, Instant at) {
        return at(at, Event.PHASE, workflow).in(phase);
    }

    /** The end of the phase of one item; {@code failure} is null when it went well. */
    public static JournalEntry phaseEnded(String workflow, Phase phase, @Nullable Failure failure) {
        return of(Event.PHASE_ENDED, workflow).in(phase).because(failure);
    }

    /** Something that the user should know, and that stops nothing. */
    public static JournalEntry noted(String workflow, String sentence) {
        return new JournalEntry(
                Instant.now(),
                Event.NOTE,
                workflow,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                sentence);
    }

    private JournalEntry in(Phase known) {
        return new JournalEntry(
                at,
                event,
                workflow,
                kind,
                known.machine(),
                known.words(),
                command,
                log,
                process,
                exitCode,
                address,
                place,
                failure,
                Step.of(known),
                target,
                note);
    }

    private JournalEntry because(@Nullable Failure why) {
        return new JournalEntry(
                at, event, workflow, kind, machine, phase, command, log, process, exitCode, address, place, why, step,
                target, note);
    }

    /** A copy that names a log. */
    public JournalEntry withLog(String file) {
        return new JournalEntry(
                at, event, workflow, kind, machine, phase, command, file, process, exitCode, address, place, failure,
                step, target, note);
    }

    /** The start of a Vagrant command. */
    public static JournalEntry command(String workflow, String command, String log, ProcessIdentity process) {
        return new JournalEntry(
                Instant.now(),
                Event.COMMAND_STARTED,
                workflow,
                null,
                null,
                null,
                command,
                log,
                process,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The end of a Vagrant command. */
    public static JournalEntry commandEnded(String workflow, int exitCode) {
        return new JournalEntry(
                Instant.now(),
                Event.COMMAND_ENDED,
                workflow,
                null,
                null,
                null,
                null,
                null,
                null,
                exitCode,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A machine's news: its address, or with none that it answers. */
    public static JournalEntry machine(String workflow, String machine, @Nullable String address) {
        return new JournalEntry(
                Instant.now(),
                address == null ? Event.MACHINE_BOOTED : Event.MACHINE_ADDRESS,
                workflow,
                null,
                machine,
                null,
                null,
                null,
                null,
                null,
                address,
                null,
                null,
                null,
                null,
                null);
    }

    /** A bad ending. */
    public static JournalEntry failed(String workflow, boolean cancelled, Phase phase, Failure failure) {
        return of(cancelled ? Event.WORKFLOW_CANCELLED : Event.WORKFLOW_FAILED, workflow)
                .in(phase)
                .because(failure);
    }

    /** A bad ending, as it is shown. */
    public static JournalEntry failed(String workflow, FailureView why) {
        return failed(
                workflow,
                why.cancelled(),
                why.in(),
                new Failure(why.sentence(), why.nextStep(), why.lines(), why.vagrantfileLine()));
    }

    /** The same as it is shown. */
    public FailureView shown() {
        return new FailureView(
                inPhase(),
                failure == null ? "" : failure.sentence(),
                failure == null || failure.nextStep() == null ? "" : failure.nextStep(),
                failure == null || failure.lines() == null ? List.of() : failure.lines(),
                failure == null ? 0 : failure.line(),
                event == Event.WORKFLOW_CANCELLED);
    }
}
