package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.inspect.control.HumanState;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What a person who solves a sample by hand waits for, and how far the clock is off. */
final class SolveBench {
    private static final double MOST_START_S = 1;
    private static final double MOST_ERROR_S = 1;
    private static final int ROUNDS = 10;
    private static final Duration READY = Duration.ofMinutes(15);
    private static final String TASK = String.join(
            "\n",
            "from inspect_ai import Task, task",
            "from inspect_ai.dataset import Sample",
            "from inspect_ai.scorer import includes",
            "from inspect_ai.util import SandboxEnvironmentSpec",
            "from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironmentConfig",
            "",
            "@task",
            "def by_hand():",
            "    config = VagrantSandboxEnvironmentConfig(vagrantfile_path=%s)",
            "    return Task(dataset=[Sample(id='s', input='?', target='x')], scorer=includes(),",
            "                sandbox=SandboxEnvironmentSpec('vagrant', config))",
            "");

    private final Solving solving;
    private final String id;

    private SolveBench(Solving solving, String id) {
        this.solving = solving;
        this.id = id;
    }

    /** Whether the figures hold; prints them. */
    static boolean run(PrintStream out) throws Exception {
        out.println();
        out.println("A session of manual solving");
        boolean good = hourWithTenPauses(out);
        Path folder = Files.createTempDirectory("corral-bench");
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", folder.resolve("cache").toString());
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Path vagrantfile = BenchSandbox.vagrantfile(folder);
        Path task = Files.writeString(folder.resolve("by_hand.py"), TASK.formatted("'" + vagrantfile + "'"));
        try (LocalCorral corral = LocalCorral.open(new Environment(variables), Owner.Kind.COMMAND_LINE)) {
            Solving solving = new Solving(
                    corral.environment(), corral.inventory(), corral.operations(), corral::connect, "bench");
            String id = solving.runs()
                    .begin(new SolveRequest(task, "by_hand", "s", "bench", SolveOptions.usual()))
                    .session()
                    .id();
            try {
                return good & new SolveBench(solving, id).measure(out);
            } finally {
                solving.quit(id);
                await(solving, id, SolveState::over);
            }
        }
    }

    private interface Wanted {
        boolean is(SolveState state);
    }

    private static SolveStatus await(Solving solving, String id, Wanted wanted) throws InterruptedException {
        long end = System.nanoTime() + READY.toNanos();
        while (true) {
            SolveStatus status = solving.status(id);
            if (wanted.is(status.state())) {
                return status;
            }
            if (status.state().over() || System.nanoTime() > end) {
                throw new IllegalStateException("the session is "
                        + status.state().words() + ": " + status.story().fault());
            }
            Thread.sleep(200);
        }
    }

    private boolean measure(PrintStream out) throws Exception {
        await(solving, id, SolveState::listening);
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            solving.start(id);
            await(solving, id, state -> state == SolveState.RUNNING);
            if (i > 0) {
                // The first one connects.
                starts.add(since(begin));
            }
            Thread.sleep(1_000);
            solving.stop(id);
            Thread.sleep(1_000);
        }
        solving.start(id);
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < ROUNDS / 2; i++) {
            long begin = System.nanoTime();
            solving.score(id, "x");
            scores.add(since(begin));
        }
        boolean good =
                holds(out, "Start to a running clock, median of " + starts.size(), Timing.median(starts), MOST_START_S);
        out.printf(Locale.ROOT, "    a score by a scorer that takes no time: %.2f s (median)%n", Timing.median(scores));
        solving.stop(id);
        SolveStatus status = solving.status(id);
        HumanState inspect = solving.human(id).orElseThrow();
        double error = Math.abs(status.clock().active().toMillis() / 1000.0 - inspect.accumulated());
        return good
                & holds(
                        out,
                        "the clock beside Inspect's own after " + ROUNDS + " pauses and "
                                + Math.round(inspect.accumulated()) + " s",
                        error,
                        MOST_ERROR_S);
    }

    // The real code over a made-up hour: events reach the journal some time after they happened, told of by the wall
    // clock.
    private static boolean hourWithTenPauses(PrintStream out) {
        Random random = new Random(7);
        Instant begin = Instant.parse("2026-03-01T10:00:00Z");
        List<SolveEntry> journal = new ArrayList<>();
        long at = 0;
        long worked = 0;
        journal.add(entry(begin, at, EntryKind.RUN, 0));
        for (int i = 0; i < 11; i++) {
            journal.add(entry(begin, at, EntryKind.START, random.nextInt(1_500)));
            long work = 3_600_000 / 11;
            at += work;
            worked += work;
            journal.add(entry(begin, at, EntryKind.STOP, random.nextInt(1_500)));
            at += 20_000 + random.nextInt(100_000);
        }
        ClockReading clock = SolveClock.read(journal, moment(begin, at));
        return holds(
                out,
                "the clock of an hour with ten pauses is off by",
                Math.abs(clock.active().toMillis() - worked) / 1000.0,
                MOST_ERROR_S);
    }

    private static Moment moment(Instant begin, long at) {
        return new Moment(begin.plusMillis(at), 1_000_000 + at, 500_000 + at, "b");
    }

    private static SolveEntry entry(Instant begin, long at, EntryKind kind, long late) {
        Moment seen = moment(begin, at + late);
        return SolveEntry.at(late == 0 ? seen : seen.told(begin.plusMillis(at)), kind, "bench");
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static boolean holds(PrintStream out, String what, double seconds, double most) {
        out.printf(
                Locale.ROOT,
                "  %s: %s %.3f s (to reach: %.1f s)%n",
                seconds <= most ? "holds" : "DOES NOT HOLD",
                what,
                seconds,
                most);
        return seconds <= most;
    }
}
