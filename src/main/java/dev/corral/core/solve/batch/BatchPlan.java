package dev.corral.core.solve.batch;

import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What is to happen next in a batch, by its journal and how far its sessions are. Pure.
 *
 * @param sessions the session of each sample that has one, by its number
 * @param skipped  the numbers of the samples that are left out
 * @param stopped  whether nothing more is to begin
 * @param current  the sample that the person is at; empty when all are over
 * @param begin    the sample whose session is to begin now
 * @param quit     the samples whose sessions are to end now: nobody has begun in them, or they are left out
 * @param failed   the samples whose runs were over before anybody began in them; they are not over
 */
record BatchPlan(
        Map<Integer, String> sessions,
        Set<Integer> skipped,
        boolean stopped,
        OptionalInt current,
        OptionalInt begin,
        List<Integer> quit,
        List<Integer> failed) {

    /**
     * What a plan depends on of a session.
     *
     * @param state   how far it is
     * @param touched whether a person has begun in it, which nobody may undo but that person
     * @param ready   whether a person could ever begin in it
     * @param fault   what went wrong last; empty if nothing did
     */
    record Look(SolveState state, boolean touched, boolean ready, String fault) {
        static Look of(SolveStatus status) {
            return new Look(
                    status.state(),
                    status.clock().started(),
                    status.story().ready(),
                    status.story().fault());
        }

        /** Whether its run is over before a person has begun: what that person would have done is still to do. */
        boolean neverBegun() {
            return !touched && (state == SolveState.INTERRUPTED || state == SolveState.FAILED && !ready);
        }

        boolean over() {
            return state.over() && !neverBegun();
        }

        boolean live() {
            return !state.over() && state != SolveState.ENDING;
        }
    }

    /**
     * Makes it.
     *
     * @param look how far a session is; empty for one that never came to be
     */
    static BatchPlan of(Batch batch, List<BatchEntry> entries, Function<String, Optional<Look>> look) {
        Map<Integer, String> sessions = new HashMap<>();
        Set<Integer> skipped = new HashSet<>();
        boolean stopped = false;
        for (BatchEntry entry : entries) {
            if (entry.kind() == null) {
                continue;
            }
            switch (entry.kind()) {
                case BEGIN -> sessions.put(entry.number(), entry.session());
                case PUT_BACK -> sessions.remove(entry.number(), entry.session());
                case SKIP -> skipped.add(entry.number());
                case STOP -> stopped = true;
                case RESUME -> stopped = false;
            }
        }
        // Whoever died before a session was made has begun nothing.
        sessions.values().removeIf(session -> look.apply(session).isEmpty());
        OptionalInt current = OptionalInt.empty();
        OptionalInt begin = OptionalInt.empty();
        List<Integer> quit = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < batch.samples().size(); i++) {
            Optional<Look> now = Optional.ofNullable(sessions.get(i)).flatMap(look);
            boolean live = now.map(Look::live).orElse(false);
            boolean ahead = current.isPresent();
            if (skipped.contains(i) && live) {
                quit.add(i);
            }
            if (skipped.contains(i) || now.map(Look::over).orElse(false)) {
                continue;
            }
            if (now.map(Look::neverBegun).orElse(false)) {
                failed.add(i);
            }
            if (current.isEmpty()) {
                current = OptionalInt.of(i);
            }
            if (stopped) {
                if (ahead && live && !now.get().touched()) {
                    quit.add(i);
                }
                continue;
            }
            if (now.isEmpty()) {
                begin = OptionalInt.of(i);
                break;
            }
            if (ahead || !mayBootAhead(batch, now.get().state())) {
                break;
            }
        }
        return new BatchPlan(
                Map.copyOf(sessions),
                Set.copyOf(skipped),
                stopped,
                current,
                begin,
                List.copyOf(quit),
                List.copyOf(failed));
    }

    // One machine after the other, and Inspect counts a time limit from the machine's start, whoever works in it.
    private static boolean mayBootAhead(Batch batch, SolveState current) {
        return batch.options().timeLimit() == 0 && (current.listening() || current == SolveState.ENDING);
    }

    /** Whether there is nothing more to do or to wait for. */
    boolean done() {
        return quit.isEmpty() && begin.isEmpty() && (stopped || current.isEmpty());
    }
}
