package dev.corral.core.solve;

import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a journal says of a session besides its time. Pure.
 *
 * @param process  the process of its newest run
 * @param command  how that was started
 * @param runs     how many runs it had
 * @param ready    whether the newest run's human agent listened
 * @param eval     Inspect's eval id of the newest run; empty while it is not known
 * @param taskId   Inspect's task id of that
 * @param sandbox  the sandbox of the newest run; empty while it is not known
 * @param log      its log; empty while that is not known
 * @param given    {@link EntryKind#SUBMIT} or {@link EntryKind#QUIT} once the newest run has an answer or was given up
 * @param answer   the answer handed in
 * @param over     {@link EntryKind#ENDED} or {@link EntryKind#GONE} once the newest run is over
 * @param status   Inspect's word for how it ended
 * @param result   what the log says: scores by their scorers' names under {@code score:}
 * @param story    notes, scores, starts and stops, each once, in order
 * @param fault    what went wrong last; empty if nothing did
 * @param uuids    the events of Inspect that it has
 * @param recovered the log that was made of a killed run's; empty if none was
 * @param fetched  whether the recordings in the machine were brought, or tried to be, since the newest run ended
 */
public record SolveStory(
        Optional<ProcessIdentity> process,
        String command,
        int runs,
        boolean ready,
        String eval,
        String taskId,
        String sandbox,
        String log,
        Optional<EntryKind> given,
        String answer,
        Optional<EntryKind> over,
        String status,
        Map<String, String> result,
        List<SolveEntry> story,
        String fault,
        Set<String> uuids,
        String recovered,
        boolean fetched) {
    private static final Set<EntryKind> TOLD = Set.of(
            EntryKind.RUN,
            EntryKind.READY,
            EntryKind.START,
            EntryKind.STOP,
            EntryKind.NOTE,
            EntryKind.SCORE,
            EntryKind.SUBMIT,
            EntryKind.QUIT,
            EntryKind.GONE,
            EntryKind.ENDED,
            EntryKind.REBOOTED,
            EntryKind.FAULT,
            EntryKind.RECOVERED,
            EntryKind.FETCHED,
            EntryKind.HANDED,
            EntryKind.EXTENDED,
            EntryKind.TAKEN_BACK,
            EntryKind.HAND_OVER_ENDED,
            EntryKind.CAME,
            EntryKind.LEFT,
            EntryKind.LIMIT);

    /** Reads it. */
    public static SolveStory of(List<SolveEntry> entries) {
        Reader reader = new Reader();
        entries.forEach(reader::take);
        return reader.story();
    }

    /** Whether anything more can come of the newest run. */
    public boolean live() {
        return process.isPresent() && over.isEmpty();
    }

    /** Whether the end was only seen from outside, as one without an answer: whoever knows may still say what it was. */
    public boolean unclear() {
        return given.isPresent()
                && story.reversed().stream()
                        .filter(entry -> entry.kind() == EntryKind.SUBMIT || entry.kind() == EntryKind.QUIT)
                        .findFirst()
                        .filter(SolveEntry::unclear)
                        .isPresent();
    }

    /** A fact of {@link EntryKind#RUN}: the process. */
    static Map<String, String> facts(ProcessIdentity process, String command) {
        return Map.of(
                "pid", Long.toString(process.pid()),
                "start", Long.toString(process.startTicks()),
                "kernel", process.bootId(),
                "namespace", Long.toString(process.pidNamespace()),
                "host", process.host(),
                "command", command);
    }

    private static final class Reader {
        private Optional<ProcessIdentity> process = Optional.empty();
        private String command = "";
        private int runs;
        private boolean ready;
        private String eval = "";
        private String taskId = "";
        private String sandbox = "";
        private String log = "";
        private Optional<EntryKind> given = Optional.empty();
        private String answer = "";
        private Optional<EntryKind> over = Optional.empty();
        private String status = "";
        private Map<String, String> result = Map.of();
        private String fault = "";
        private String recovered = "";
        private boolean fetched;
        private final List<SolveEntry> told = new ArrayList<>();
        private final Set<String> uuids = new HashSet<>();

        void take(SolveEntry entry) {
            String uuid = entry.fact(SolveEntry.UUID);
            if (!uuid.isEmpty() && !uuids.add(uuid)) {
                return;
            }
            if (TOLD.contains(entry.kind())) {
                told.add(entry);
            }
            switch (entry.kind()) {
                case RUN -> run(entry);
                case READY -> {
                    ready = true;
                    eval = or(entry.fact("eval"), eval);
                    taskId = or(entry.fact("task_id"), taskId);
                    sandbox = or(entry.fact("sandbox"), sandbox);
                    log = or(entry.fact("log"), log);
                }
                case SUBMIT, QUIT -> {
                    given = Optional.of(entry.kind());
                    answer = entry.text();
                }
                case GONE, ENDED -> {
                    over = Optional.of(entry.kind());
                    fetched = false;
                    status = entry.fact("status");
                    log = or(entry.fact("log"), log);
                }
                case RESULT -> result = entry.more();
                case FAULT -> fault = entry.text();
                case RECOVERED -> recovered = entry.fact("log");
                case FETCHED -> fetched = true;
                default -> {
                    // About time alone.
                }
            }
        }

        private void run(SolveEntry entry) {
            runs++;
            process = process(entry);
            command = entry.fact("command");
            ready = false;
            eval = "";
            taskId = "";
            log = "";
            given = Optional.empty();
            over = Optional.empty();
            status = "";
            fault = "";
            recovered = "";
        }

        private static Optional<ProcessIdentity> process(SolveEntry entry) {
            try {
                return Optional.of(new ProcessIdentity(
                        Long.parseLong(entry.fact("pid")),
                        Long.parseLong(entry.fact("start")),
                        entry.fact("kernel"),
                        Long.parseLong(entry.fact("namespace")),
                        entry.fact("host")));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static String or(String now, String before) {
            return now.isEmpty() ? before : now;
        }

        SolveStory story() {
            return new SolveStory(
                    process,
                    command,
                    runs,
                    ready,
                    eval,
                    taskId,
                    sandbox,
                    log,
                    given,
                    answer,
                    over,
                    status,
                    result,
                    List.copyOf(told),
                    fault,
                    Set.copyOf(uuids),
                    recovered,
                    fetched);
        }
    }
}
