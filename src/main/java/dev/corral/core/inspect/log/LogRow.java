package dev.corral.core.inspect.log;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a log says of its attempts. All texts are the log's own, cut to a length, and untrusted.
 *
 * @param log      where it lies
 * @param problem  why it can't be read; empty if it can
 * @param task     the task's name
 * @param taskFile the task file, as the run was told of it
 * @param model    the model
 * @param solver   the solvers
 * @param created  when the run began, in ISO's form
 * @param status   Inspect's word for how it ended
 * @param evalId   Inspect's id of the run
 * @param who      the person who solved it; empty if none is named
 * @param session  Corral's session; empty if there is none
 * @param golden   whether it was a replay of a golden run
 * @param clock    the three times that Corral wrote into it, in seconds, as {@code wall_seconds} and so on; none if it did not
 * @param cut      whether it has more samples than were read
 * @param samples  its samples
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogRow(
        String log,
        String problem,
        String task,
        String taskFile,
        String model,
        String solver,
        String created,
        String status,
        String evalId,
        String who,
        String session,
        boolean golden,
        Map<String, Optional<Double>> clock,
        boolean cut,
        List<SampleRow> samples) {
    /** Fills what is absent. */
    public LogRow {
        log = filled(log);
        problem = filled(problem);
        task = filled(task);
        taskFile = filled(taskFile);
        model = filled(model);
        solver = filled(solver);
        created = filled(created);
        status = filled(status);
        evalId = filled(evalId);
        who = filled(who);
        session = filled(session);
        clock = clock == null ? Map.of() : Map.copyOf(clock);
        samples = samples == null ? List.of() : List.copyOf(samples);
    }

    /** Of a log, or a folder of logs, that can't be read. */
    static LogRow unreadable(String log, String problem) {
        return new LogRow(log, problem, "", "", "", "", "", "", "", "", "", false, Map.of(), false, List.of());
    }

    private static String filled(String text) {
        return text == null ? "" : text;
    }

    /** Whether a person solved it. */
    public boolean human() {
        return solver.contains("human_cli") || solver.contains("human_agent");
    }

    /** One of the three times, in seconds. */
    public Optional<Double> time(String name) {
        return clock.getOrDefault(name, Optional.empty());
    }

    /**
     * What it says of one sample.
     *
     * @param sample         the sample's id
     * @param epoch          the epoch, from 1
     * @param uuid           names the attempt; empty in old logs
     * @param scores         by the scorers' names
     * @param error          what ended it; empty if nothing did
     * @param limit          which limit ended it; empty if none did
     * @param totalSeconds   how long it took, its machine's boot not included
     * @param workingSeconds that without waiting
     * @param messages       how many messages its conversation has
     * @param startedAt      when it began, in ISO's form
     */
    public record SampleRow(
            String sample,
            int epoch,
            String uuid,
            Map<String, String> scores,
            String error,
            String limit,
            Optional<Double> totalSeconds,
            Optional<Double> workingSeconds,
            Optional<Integer> messages,
            String startedAt) {
        /** Fills what is absent. */
        public SampleRow {
            sample = filled(sample);
            uuid = filled(uuid);
            scores = scores == null ? Map.of() : Map.copyOf(scores);
            error = filled(error);
            limit = filled(limit);
            totalSeconds = totalSeconds == null ? Optional.empty() : totalSeconds;
            workingSeconds = workingSeconds == null ? Optional.empty() : workingSeconds;
            messages = messages == null ? Optional.empty() : messages;
            startedAt = filled(startedAt);
        }
    }
}
