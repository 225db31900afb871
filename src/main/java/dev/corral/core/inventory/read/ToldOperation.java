package dev.corral.core.inventory.read;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One operation while the entries of its journal are read. */
final class ToldOperation {
    private final Path directory;
    private final JournalEntry start;
    private final OperationKind kind;
    // Of an operation that older versions noted as a command only, the command's ending is all there is.
    private final boolean commandOnly;
    private final List<PhaseSpan> spans = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();
    private @Nullable Instant endedAt;
    private @Nullable FailureView failure;
    private Optional<Integer> queued = Optional.empty();

    private ToldOperation(Path directory, JournalEntry start, OperationKind kind, boolean commandOnly) {
        this.directory = directory;
        this.start = start;
        this.kind = kind;
        this.commandOnly = commandOnly;
    }

    /** The operation that begins with this entry. */
    static ToldOperation begun(Path directory, JournalEntry entry) {
        return new ToldOperation(directory, entry, entry.operationKind(), false);
    }

    /** The operation of which this command is the first thing noted; empty when the command is a part of another. */
    static Optional<ToldOperation> command(Path directory, JournalEntry entry) {
        return entry.commandKind().map(kind -> new ToldOperation(directory, entry, kind, true));
    }

    OperationKind kind() {
        return kind;
    }

    Optional<ProcessIdentity> process() {
        return Optional.ofNullable(start.process());
    }

    /** Its place among those that wait for a start slot, 0 when unknown; empty when it does not wait. */
    Optional<Integer> queued() {
        return queued;
    }

    Optional<FailureView> failure() {
        return Optional.ofNullable(failure);
    }

    void entry(JournalEntry entry) {
        switch (entry.event()) {
            case QUEUED -> queued = Optional.of(entry.place() == null ? 0 : entry.place());
            case PHASE -> {
                queued = Optional.empty();
                Phase phase = entry.inPhase();
                endPhases(phase, entry.at());
                spans.add(new PhaseSpan(phase, entry.at(), Optional.empty(), false));
                log(entry);
            }
            case PHASE_ENDED -> endItem(entry);
            case COMMAND_STARTED -> log(entry);
            case COMMAND_ENDED -> {
                if (commandOnly) {
                    int code = entry.exitCode() == null ? 0 : entry.exitCode();
                    end(
                            entry.at(),
                            code == 0
                                    ? null
                                    : new FailureView(
                                            Phase.called(kind.words(), ""),
                                            "vagrant " + kind.words() + " ended with exit code " + code + ".",
                                            "",
                                            List.of(),
                                            0,
                                            false));
                }
            }
            case WORKFLOW_ENDED -> end(entry.at(), null);
            case WORKFLOW_FAILED, WORKFLOW_CANCELLED -> end(entry.at(), entry.shown());
            default -> {
                // News of machines.
            }
        }
    }

    private void log(JournalEntry entry) {
        if (entry.log() != null) {
            logs.add(directory.resolve(entry.log()));
        }
    }

    private void endItem(JournalEntry entry) {
        for (int i = 0; i < spans.size(); i++) {
            PhaseSpan span = spans.get(i);
            if (span.endedAt().isEmpty() && span.phase().equals(entry.inPhase())) {
                spans.set(i, span.ended(entry.at(), entry.failure() != null));
                return;
            }
        }
    }

    private void end(Instant at, @Nullable FailureView why) {
        endedAt = at;
        failure = why;
        spans.replaceAll(span -> {
            boolean failed = why != null
                    && !why.cancelled()
                    && span.phase().same(why.in())
                    && (why.machine().isEmpty() || why.machine().equals(span.machine()));
            return span.endedAt().isEmpty() ? span.ended(at, failed) : span;
        });
    }

    // The whole sandbox's phases come before any machine's, so a machine's first phase ends them. Items of a cleanup
    // are
    // worked on side by side, and each says itself when it is over.
    private void endPhases(Phase next, Instant at) {
        if (next.kind() != PhaseKind.ITEM) {
            spans.replaceAll(span -> span.endedAt().isEmpty()
                            && (span.machine().equals(next.machine())
                                    || span.machine().isEmpty())
                    ? span.ended(at, false)
                    : span);
        }
    }

    /** The operation as far as it was told, without its usual time; nothing says whether its process lives. */
    OperationView view() {
        OperationTarget target = start.target() == null
                ? OperationTarget.of(directory.getFileName().toString(), start.machine())
                : start.target().target(directory.getFileName().toString());
        return new OperationView(
                String.valueOf(start.workflow()),
                kind,
                target,
                start.at(),
                Optional.ofNullable(endedAt),
                false,
                List.copyOf(spans),
                Optional.empty(),
                failure(),
                List.copyOf(logs));
    }
}
