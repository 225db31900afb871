package dev.corral.core.inventory.read;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's entries into what each operation did, and what is known of the machines. Entries name their operation; those of one
 * that nobody began belong to the newest, as do commands that older versions wrote without a beginning unless they are whole operations.
 */
final class JournalReader {
    private static final int KEPT = 30;
    private static final Set<OperationKind> BOOTING = EnumSet.of(OperationKind.UP, OperationKind.RELOAD);

    private final Path directory;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Instant> booted = new HashMap<>();
    private final Map<String, Phase> phases = new LinkedHashMap<>();
    private final Map<String, ToldOperation> byId = new HashMap<>();
    private final List<ToldOperation> all = new ArrayList<>();
    private @Nullable ToldOperation newest;
    private @Nullable ToldOperation deciding;
    private @Nullable ToldOperation newestStart;
    private boolean startSucceeded;
    private boolean completed;
    private @Nullable FailureView startFailure;

    private JournalReader(Path directory) {
        this.directory = directory;
    }

    /**
     * An operation and the process that runs it.
     *
     * @param view    the operation, without its usual time; nothing says whether its process lives
     * @param process the process that runs it
     */
    record Told(OperationView view, Optional<ProcessIdentity> process) {}

    /**
     * What a journal tells.
     *
     * @param operation      the newest operation whose ending is the sandbox's state
     * @param start          the newest start, without its usual time
     * @param queued         its place among those that wait for a start slot, 0 when unknown; empty when it does not wait
     * @param startSucceeded whether the start went well once
     * @param startFailure   why the start failed, if it did
     * @param addresses      addresses by machine
     * @param booted         when each machine answered first
     * @param phases         the last phase of a start or destroy on each machine
     * @param operations     the last operations of any kind, and the newest start, oldest first
     */
    record JournalSummary(
            Optional<Told> operation,
            Optional<OperationView> start,
            Optional<Integer> queued,
            boolean startSucceeded,
            Optional<FailureView> startFailure,
            Map<String, String> addresses,
            Map<String, Instant> booted,
            Map<String, Phase> phases,
            List<Told> operations) {}

    /** Reads entries of the sandbox in this directory. */
    static JournalSummary read(Path directory, List<JournalEntry> entries) {
        JournalReader reader = new JournalReader(directory);
        entries.forEach(reader::entry);
        return reader.told();
    }

    private void entry(JournalEntry entry) {
        if (entry.event() == Event.WORKFLOW_STARTED) {
            add(entry, ToldOperation.begun(directory, entry));
            return;
        }
        Optional<ToldOperation> known = Optional.ofNullable(byId.get(entry.workflow()));
        if (known.isEmpty() && entry.event() == Event.COMMAND_STARTED) {
            ToldOperation.command(directory, entry).ifPresent(operation -> add(entry, operation));
        }
        ToldOperation operation =
                Optional.ofNullable(byId.get(entry.workflow())).orElse(newest);
        if (operation == null) {
            return;
        }
        operation.entry(entry);
        String machine = entry.machine() == null ? "" : entry.machine();
        switch (entry.event()) {
            case PHASE -> {
                if (operation.kind().decidesState()) {
                    phases.put(machine, entry.inPhase());
                }
            }
            case MACHINE_ADDRESS -> {
                if (entry.address() != null) {
                    addresses.put(machine, entry.address());
                }
            }
            case START_COMPLETED -> {
                completed = true;
                startSucceeded = true;
                startFailure = null;
            }
            case MACHINE_BOOTED -> booted.put(machine, entry.at());
            case WORKFLOW_ENDED, WORKFLOW_FAILED, WORKFLOW_CANCELLED -> {
                if (operation.kind() == OperationKind.START) {
                    startFailure = operation.failure().orElse(null);
                    startSucceeded = startFailure == null;
                }
            }
            default -> {
                // Of the operation alone.
            }
        }
    }

    private void add(JournalEntry entry, ToldOperation operation) {
        newest = operation;
        all.add(operation);
        if (entry.workflow() != null) {
            byId.put(entry.workflow(), operation);
        }
        if (operation.kind().decidesState()) {
            deciding = operation;
            completed = false;
        }
        if (operation.kind() == OperationKind.START) {
            newestStart = operation;
        }
    }

    private JournalSummary told() {
        return new JournalSummary(
                Optional.ofNullable(deciding).map(JournalReader::told).map(this::mended),
                Optional.ofNullable(newestStart).map(ToldOperation::view),
                deciding == null ? Optional.empty() : deciding.queued(),
                startSucceeded,
                Optional.ofNullable(startFailure),
                Map.copyOf(addresses),
                Map.copyOf(booted),
                Map.copyOf(phases),
                kept().stream().map(JournalReader::told).toList());
    }

    // The last ones, of which a rerun of a step is one whether its code was brought before or not; and the newest start
    // with the last boot
    // after it, without which nobody could tell what the machines have behind them.
    private List<ToldOperation> kept() {
        Deque<ToldOperation> kept = new ArrayDeque<>();
        boolean boot = false;
        int counted = 0;
        for (ToldOperation operation : all.reversed()) {
            boolean boots = BOOTING.contains(operation.kind());
            boolean needed = operation == newestStart || boots && !boot;
            if (counted < KEPT || needed) {
                kept.addFirst(operation);
            }
            counted += operation.kind() == OperationKind.UPDATE_CODE ? 0 : 1;
            boot |= boots;
            if (counted >= KEPT && (newestStart == null || operation == newestStart)) {
                break;
            }
        }
        return List.copyOf(kept);
    }

    // What was done later in its place is no failure of the sandbox any more, whatever its own story is.
    private Told mended(Told told) {
        return completed && told.view().kind() == OperationKind.START
                ? new Told(told.view().withoutFailure(), told.process())
                : told;
    }

    private static Told told(ToldOperation operation) {
        return new Told(operation.view(), operation.process());
    }
}
