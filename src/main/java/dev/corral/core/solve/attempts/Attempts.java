package dev.corral.core.solve.attempts;

import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.journal.SolveSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Brings sessions and logs together: a session and its log are one attempt, and a run that was resumed is one too. Replays of golden
 * runs are none. Pure.
 */
public final class Attempts {
    private Attempts() {}

    /**
     * Which attempts are wanted.
     *
     * @param taskFile the task file, absolute; empty: any
     * @param task     the task's name; empty: any
     * @param logged   whether only those sessions are wanted that a log is there of
     */
    public record Wanted(Optional<Path> taskFile, Optional<String> task, boolean logged) {
        boolean session(SolveSession session) {
            return taskFile.map(file -> session.taskFile().equals(file.toString()))
                            .orElse(true)
                    && task.map(session.task()::equals).orElse(true);
        }

        // A log names the file as its run was told of it, from a folder that it does not name.
        boolean log(LogRow log) {
            return taskFile.map(file -> log.taskFile().isEmpty()
                                    || log.taskFile()
                                            .replaceFirst(".*[/\\\\]", "")
                                            .equals(file.getFileName().toString()))
                            .orElse(true)
                    && task.map(log.task()::equals).orElse(true);
        }
    }

    /**
     * All attempts, by task, sample, kind and name.
     *
     * @param sessions the sessions of people
     * @param logs     logs, oldest first
     * @param commands how many commands the recordings of a session have
     */
    public static List<Attempt> of(
            List<SolveStatus> sessions,
            List<LogRow> logs,
            Wanted wanted,
            Function<SolveStatus, Optional<Integer>> commands) {
        List<Attempt> attempts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (SolveStatus status : sessions) {
            SolveSession session = status.session();
            known.add(session.id());
            // A session in which nobody started the clock is nobody's attempt.
            boolean tried = session.purpose().isEmpty() && status.clock().started();
            boolean there = !wanted.logged()
                    || logs.stream().anyMatch(log -> log.session().equals(session.id()));
            if (tried && there && wanted.session(session)) {
                attempts.add(person(status, logs, commands.apply(status)));
            }
        }
        Set<String> uuids = new HashSet<>();
        // The newest word on an attempt counts: a retry's log has those of the log before, too.
        for (LogRow log : logs.reversed()) {
            boolean other = log.problem().isEmpty() && !log.golden() && !known.contains(log.session());
            if (other && wanted.log(log)) {
                for (LogRow.SampleRow sample : log.samples()) {
                    if (sample.uuid().isEmpty() || uuids.add(sample.uuid())) {
                        attempts.add(logged(log, sample));
                    }
                }
            }
        }
        attempts.sort(Comparator.comparing(Attempt::task)
                .thenComparing(Attempt::sample)
                .thenComparing(Attempt::kind)
                .thenComparing(Attempt::who)
                .thenComparing(Attempt::at)
                .thenComparing(Attempt::epoch));
        return attempts;
    }

    private static Attempt person(SolveStatus status, List<LogRow> logs, Optional<Integer> commands) {
        SolveSession session = status.session();
        Optional<LogRow.SampleRow> logged = logs.stream()
                .filter(log -> log.session().equals(session.id())
                        && !status.story().log().isEmpty()
                        && status.story()
                                .log()
                                .endsWith(Path.of(log.log()).getFileName().toString()))
                .flatMap(log -> log.samples().stream())
                .findFirst();
        Map<String, String> scores = new TreeMap<>();
        status.story().result().forEach((name, value) -> {
            if (name.startsWith("score:")) {
                scores.put(name.substring("score:".length()), value);
            }
        });
        // Edited by hand since: the log has the last word.
        logged.ifPresent(sample -> scores.putAll(sample.scores()));
        ClockReading clock = status.clock();
        boolean started = clock.started();
        return new Attempt(
                Attempt.Kind.PERSON,
                session.who(),
                session.task(),
                session.sample(),
                session.epoch(),
                status.state().word(),
                scores,
                new Attempt.Times(
                        seconds(clock.wall(), started),
                        seconds(clock.active(), started),
                        seconds(clock.adjusted(), started),
                        logged.flatMap(LogRow.SampleRow::totalSeconds),
                        logged.flatMap(LogRow.SampleRow::workingSeconds)),
                commands,
                Optional.empty(),
                session.id(),
                status.story().log(),
                session.createdAt().toString(),
                status.story().fault());
    }

    private static Attempt logged(LogRow log, LogRow.SampleRow sample) {
        boolean human = log.human();
        return new Attempt(
                human ? Attempt.Kind.PERSON : Attempt.Kind.MODEL,
                human ? log.who() : log.model(),
                log.task(),
                sample.sample(),
                sample.epoch(),
                sample.error().isEmpty() ? log.status() : "error",
                sample.scores(),
                new Attempt.Times(
                        log.time("wall_seconds"),
                        log.time("active_seconds"),
                        log.time("adjusted_seconds"),
                        sample.totalSeconds(),
                        sample.workingSeconds()),
                Optional.empty(),
                human ? Optional.empty() : sample.messages(),
                log.session(),
                log.log(),
                sample.startedAt().isEmpty() ? log.created() : sample.startedAt(),
                sample.error().isEmpty() ? sample.limit() : sample.error());
    }

    private static Optional<Double> seconds(Duration time, boolean started) {
        return started ? Optional.of(time.toMillis() / 1000.0) : Optional.empty();
    }
}
