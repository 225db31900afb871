package dev.corral.chaos;

import dev.corral.chaos.KillRun.Outcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Many kills, some at once on grounds of their own, and their figures. */
final class ChaosRun {
    // A kill that comes too late for its victim does not count, and another is done for it; something is wrong when
    // many do.
    private static final int MOST_ATTEMPTS = 3;

    private final GroundMaker maker;
    private final PrintStream out;
    private final String command;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger machines = new AtomicInteger();
    private long seed;

    /** Makes a ground; the number tells them apart. */
    interface GroundMaker {
        Ground make(int number) throws Exception;
    }

    /** @param command how to run this again */
    ChaosRun(GroundMaker maker, PrintStream out, String command) {
        this.maker = maker;
        this.out = out;
        this.command = command;
    }

    /** Kills until so many have hit; returns whether all that had to hold held. */
    boolean run(long newSeed, int kills, int atOnce) throws Exception {
        begin(newSeed, kills + " kills");
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int lane = 0; lane < Math.min(atOnce, kills); lane++) {
            int number = lane;
            threads.add(Thread.ofPlatform().name("chaos-" + lane).start(() -> lane(number, kills)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return figures(kills, (System.nanoTime() - began) / 1e9);
    }

    /** Does one kill of a run again. */
    boolean only(long newSeed, int index) throws Exception {
        begin(newSeed, "kill " + index + " alone");
        long began = System.nanoTime();
        next.set(index);
        lane(0, 1);
        return figures(1, (System.nanoTime() - began) / 1e9);
    }

    private void begin(long newSeed, String what) {
        seed = newSeed;
        out.println();
        out.println("Chaos: " + what + ", seed " + seed);
    }

    private void lane(int number, int kills) {
        try (Ground ground = maker.make(number)) {
            Bystanders bystanders = new Bystanders(ground);
            KillRun run = new KillRun(ground, bystanders);
            while (hits.get() < kills && next.get() < kills * MOST_ATTEMPTS + Math.max(next.get() - kills, 0)) {
                Kill kill = Kill.draw(ground, seed, next.getAndIncrement());
                if (!one(run, kill)) {
                    // What is left there would spoil what follows.
                    break;
                }
                if (outcomes.size() >= kills * MOST_ATTEMPTS) {
                    break;
                }
            }
            bystanders.remove();
            machines.addAndGet(ground.everMade());
            if (!ground.machines().isEmpty()) {
                broken.add("machines are left at the end: " + ground.machines());
            }
        } catch (Exception | AssertionError e) {
            broken.add("lane " + number + " ended: " + e);
            out.println("  lane " + number + " ended: " + e);
            e.printStackTrace(out);
        }
    }

    private boolean one(KillRun run, Kill kill) {
        try {
            Outcome outcome = run.carryOut(kill);
            outcomes.add(outcome);
            if (outcome.hit()) {
                hits.incrementAndGet();
            }
            if (!outcome.wrong().isEmpty()) {
                tell(kill, outcome.wrong());
            }
            return outcome.wrong().isEmpty();
        } catch (Exception | AssertionError e) {
            e.printStackTrace(out);
            tell(kill, List.of(e.toString()));
            broken.add(kill + " broke: " + e);
            return false;
        }
    }

    private void tell(Kill kill, List<String> wrong) {
        out.println("  FAILED " + kill);
        wrong.forEach(text -> out.println("    " + text));
        out.println("    again: " + command + " --seed " + seed + " --only " + kill.index());
    }

    private boolean figures(int kills, double seconds) {
        List<Outcome> hit = outcomes.stream().filter(Outcome::hit).toList();
        out.println("  killed by operation: "
                + counts(hit, outcome -> outcome.kill().operation().toString()));
        out.println("  killed by victim: "
                + counts(hit, outcome -> outcome.kill().victim().toString()));
        counts(
                        hit,
                        outcome -> outcome.kill().operation() + " "
                                + outcome.kill().moment().name())
                .forEach((moment, count) -> out.println("    " + count + " × " + moment));
        long unlisted = count(text -> text.contains("UNLISTED"));
        long live = count(text -> text.contains("LIVE") || text.contains("bystander"));
        long wrong =
                outcomes.stream().filter(outcome -> !outcome.wrong().isEmpty()).count() + broken.size();
        out.println("  came too late for its victim: " + (outcomes.size() - hit.size()));
        out.println("  VMs started: " + machines + ", strays found: "
                + outcomes.stream().mapToInt(Outcome::strays).sum() + ", cleaned: "
                + outcomes.stream().mapToInt(Outcome::cleaned).sum());
        out.printf(
                java.util.Locale.ROOT,
                "  live touched: %d, unlisted: %d, kills after which anything was wrong: %d, %.0f s%n",
                live,
                unlisted,
                wrong,
                seconds);
        boolean holds = hit.size() >= kills && live == 0 && unlisted == 0 && wrong == 0;
        out.println("  " + (holds ? "holds" : "DOES NOT HOLD") + ": after each of " + hit.size() + " kills (to reach: "
                + kills + ") every VM is accounted for, exactly the strays are removed and nothing living is touched");
        return holds;
    }

    private long count(Predicate<String> wanted) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.wrong().stream())
                .filter(wanted)
                .count();
    }

    private static Map<String, Long> counts(List<Outcome> outcomes, Function<Outcome, String> key) {
        return outcomes.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    }
}
