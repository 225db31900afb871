package dev.corral.core.inventory.read;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.vagrant.FailureView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a journal's entries into what the newest operation did, and what is known of the machines. */
final class JournalReader {
    private final Path directory;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Instant> booted = new HashMap<>();
    private final Map<String, String> phases = new LinkedHashMap<>();
    private @Nullable Current newest;
    private @Nullable Current newestStart;
    private boolean startSucceeded;
    private @Nullable FailureView startFailure;

    /** One workflow while its entries are read. */
    private static final class Current {
        private final JournalEntry start;
        private final List<PhaseSpan> spans = new ArrayList<>();
        private final List<Path> logs = new ArrayList<>();
        private @Nullable Instant endedAt;
        private @Nullable FailureView failure;
        /** Place in the queue for a start slot, 0 when unknown; empty when it does not wait. */
        private Optional<Integer> queued = Optional.empty();

        Current(JournalEntry start) {
            this.start = start;
        }
    }

    private JournalReader(Path directory) {
        this.directory = directory;
    }

    /**
     * What a journal tells.
     *
     * @param operation      the newest start or destroy, without its usual time
     * @param start          the newest start, without its usual time
     * @param process        the process that runs it
     * @param queued         its place among those that wait for a start slot, 0 when unknown; empty when it does not wait
     * @param startSucceeded whether the start went well once
     * @param startFailure   why the start failed, if it did
     * @param addresses      addresses by machine
     * @param booted         when each machine answered first
     * @param phases         the last phase of each machine
     */
    record JournalSummary(
            Optional<OperationView> operation,
            Optional<OperationView> start,
            Optional<ProcessIdentity> process,
            Optional<Integer> queued,
            boolean startSucceeded,
            Optional<FailureView> startFailure,
            Map<String, String> addresses,
            Map<String, Instant> booted,
            Map<String, String> phases) {}

    /** Reads entries of the sandbox in this directory. */
    static JournalSummary read(Path directory, List<JournalEntry> entries) {
        JournalReader reader = new JournalReader(directory);
        entries.forEach(reader::entry);
        return reader.told();
    }

    private void entry(JournalEntry entry) {
        if (entry.event() == Event.WORKFLOW_STARTED) {
            newest = new Current(entry);
            newestStart = "start".equals(entry.kind()) ? newest : newestStart;
            return;
        }
        Current now = newest;
        if (now == null) {
            return;
        }
        String machine = entry.machine() == null ? "" : entry.machine();
        switch (entry.event()) {
            case QUEUED -> now.queued = Optional.of(entry.place() == null ? 0 : entry.place());
            case PHASE -> {
                now.queued = Optional.empty();
                endPhases(now, machine, entry.at(), false);
                now.spans.add(new PhaseSpan(
                        machine, entry.phase() == null ? "" : entry.phase(), entry.at(), Optional.empty(), false));
                phases.put(machine, entry.phase() == null ? "" : entry.phase());
                log(now, entry);
            }
            case COMMAND_STARTED -> log(now, entry);
            case MACHINE_ADDRESS -> {
                if (entry.address() != null) {
                    addresses.put(machine, entry.address());
                }
            }
            case MACHINE_BOOTED -> booted.put(machine, entry.at());
            case WORKFLOW_ENDED -> end(now, entry, null);
            case WORKFLOW_FAILED, WORKFLOW_CANCELLED -> end(now, entry, failure(entry, machine));
            default -> {
                // Exit codes matter to destroy only.
            }
        }
    }

    private void log(Current now, JournalEntry entry) {
        if (entry.log() != null) {
            now.logs.add(directory.resolve(entry.log()));
        }
    }

    private static FailureView failure(JournalEntry entry, String machine) {
        JournalEntry.Failure why = entry.failure();
        return new FailureView(
                entry.phase() == null ? "" : entry.phase(),
                machine,
                why == null ? "" : why.sentence(),
                why == null || why.nextStep() == null ? "" : why.nextStep(),
                why == null || why.lines() == null ? List.of() : why.lines(),
                why == null ? 0 : why.line(),
                entry.event() == Event.WORKFLOW_CANCELLED);
    }

    private void end(Current ended, JournalEntry entry, @Nullable FailureView failure) {
        ended.endedAt = entry.at();
        ended.failure = failure;
        for (PhaseSpan span : List.copyOf(ended.spans)) {
            boolean failed = failure != null
                    && !failure.cancelled()
                    && span.endedAt().isEmpty()
                    && span.name().equals(failure.phase())
                    && (failure.machine().isEmpty() || failure.machine().equals(span.machine()));
            if (span.endedAt().isEmpty()) {
                ended.spans.set(
                        ended.spans.indexOf(span),
                        new PhaseSpan(span.machine(), span.name(), span.startedAt(), Optional.of(entry.at()), failed));
            }
        }
        if ("start".equals(ended.start.kind())) {
            startSucceeded = failure == null;
            startFailure = failure;
        }
    }

    // The whole sandbox's phases come before any machine's, so a machine's first phase ends them.
    private static void endPhases(Current ended, String machine, Instant at, boolean failed) {
        ended.spans.replaceAll(span -> span.endedAt().isEmpty()
                        && (span.machine().equals(machine) || span.machine().isEmpty())
                ? new PhaseSpan(span.machine(), span.name(), span.startedAt(), Optional.of(at), failed)
                : span);
    }

    private JournalSummary told() {
        return new JournalSummary(
                operation(newest),
                operation(newestStart),
                Optional.ofNullable(newest).map(current -> current.start.process()),
                newest == null ? Optional.empty() : newest.queued,
                startSucceeded,
                Optional.ofNullable(startFailure),
                Map.copyOf(addresses),
                Map.copyOf(booted),
                Map.copyOf(phases));
    }

    private static Optional<OperationView> operation(@Nullable Current told) {
        return Optional.ofNullable(told)
                .map(current -> new OperationView(
                        String.valueOf(current.start.workflow()),
                        String.valueOf(current.start.kind()),
                        current.start.at(),
                        Optional.ofNullable(current.endedAt),
                        false,
                        List.copyOf(current.spans),
                        Optional.empty(),
                        Optional.ofNullable(current.failure),
                        List.copyOf(current.logs)));
    }
}
