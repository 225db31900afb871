package dev.corral.core.solve.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A golden run: how a sample was solved once, so that a replay can tell whether it still can be. People read and edit it.
 *
 * @param golden       the version of the form: 1
 * @param taskFile     the task file; relative to the golden run's own file
 * @param task         the task's name
 * @param sample       the sample's id
 * @param user         whose login in the machine; absent: the machine's default user
 * @param answer       what is handed in; absent or empty: the sample needs none
 * @param scores       what the scorers are expected to say, by their names; absent: whatever they say
 * @param limitSeconds how long a command may take; absent: {@link #USUAL_LIMIT}
 * @param recorded     where it comes from
 * @param shells       the shells that commands run in; never empty
 * @param steps        commands and notes, in order
 */
public record Golden(
        int golden,
        String taskFile,
        String task,
        String sample,
        Optional<String> user,
        Optional<String> answer,
        Optional<Map<String, String>> scores,
        Optional<Integer> limitSeconds,
        Optional<Recorded> recorded,
        List<Shell> shells,
        List<GoldenStep> steps) {
    /** The version of the form. */
    public static final int VERSION = 1;
    /** Seconds that a command may take unless the file says otherwise. */
    public static final int USUAL_LIMIT = 120;

    /** Fills what is absent. */
    public Golden {
        taskFile = taskFile == null ? "" : taskFile;
        task = task == null ? "" : task;
        sample = sample == null ? "" : sample;
        user = user == null ? Optional.empty() : user;
        answer = answer == null ? Optional.empty() : answer;
        scores = scores == null ? Optional.empty() : scores;
        limitSeconds = limitSeconds == null ? Optional.empty() : limitSeconds;
        recorded = recorded == null ? Optional.empty() : recorded;
        shells = shells == null || shells.isEmpty() ? List.of(Shell.usual()) : List.copyOf(shells);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /**
     * Where a golden run comes from.
     *
     * @param session the session
     * @param who     who solved it
     * @param at      when that began
     * @param sandbox the sandbox; its id may stand in output
     * @param hosts   what its machines called themselves
     */
    public record Recorded(String session, String who, Optional<Instant> at, String sandbox, List<String> hosts) {
        /** Fills what is absent. */
        public Recorded {
            session = session == null ? "" : session;
            who = who == null ? "" : who;
            at = at == null ? Optional.empty() : at;
            sandbox = sandbox == null ? "" : sandbox;
            hosts = hosts == null ? List.of() : List.copyOf(hosts);
        }
    }

    /**
     * A shell that commands run in, one after another, so that directory and variables carry over.
     *
     * @param machine   the machine; absent: the primary one
     * @param user      whose; absent: the run's
     * @param directory where it begins; absent: the user's home
     * @param columns   its terminal's width in cells
     * @param rows      its height
     */
    public record Shell(
            Optional<String> machine, Optional<String> user, Optional<String> directory, int columns, int rows) {
        private static final int MOST = 500;

        /** Fills what is absent, and keeps the size within what a terminal can be. */
        public Shell {
            machine = machine == null ? Optional.empty() : machine;
            user = user == null ? Optional.empty() : user;
            directory = directory == null ? Optional.empty() : directory;
            columns = columns <= 0 ? 80 : Math.min(columns, MOST);
            rows = rows <= 0 ? 24 : Math.min(rows, MOST);
        }

        /** One of the primary machine. */
        public static Shell usual() {
            return new Shell(Optional.empty(), Optional.empty(), Optional.empty(), 80, 24);
        }
    }

    /** How long a step may take, in seconds. */
    public int limit(GoldenStep step) {
        return step.limitSeconds().or(() -> limitSeconds).orElse(USUAL_LIMIT);
    }

    /** Whether a replay could tell anything: something runs, or a score is expected that may be asked for. */
    public boolean checks(boolean scored) {
        return steps.stream().anyMatch(GoldenStep::runs)
                || scored && scores.filter(expected -> !expected.isEmpty()).isPresent();
    }

    /** The shell of a step. */
    public Shell shell(GoldenStep step) {
        return shells.get(step.shell().orElse(1) - 1);
    }

    /** The same with statuses and output that a replay has shown, where it says nothing of them yet. */
    public Golden learned(List<Seen> seen) {
        List<GoldenStep> known = new ArrayList<>(steps);
        for (Seen one : seen) {
            known.set(one.step() - 1, known.get(one.step() - 1).learned(one));
        }
        return new Golden(golden, taskFile, task, sample, user, answer, scores, limitSeconds, recorded, shells, known);
    }

    /**
     * What a step showed in a replay.
     *
     * @param step  which one, from 1
     * @param exit  its status
     * @param lines what it showed
     * @param cut   whether it showed more than these
     */
    public record Seen(int step, int exit, List<String> lines, boolean cut) {
        /** Copies the lines. */
        public Seen {
            lines = List.copyOf(lines);
        }
    }
}
