package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Runs the commands of a golden run in a sandbox until one does something else than it should. Blocks. */
final class GoldenReplay {
    private static final int MOST_TOLD = 200;

    private final Golden golden;
    private final GuestTerminal.Opener opener;
    private final Optional<String> login;
    private final Tolerance tolerance;
    private final BiConsumer<Integer, GoldenStep> begun;
    private final Duration taken;

    /**
     * @param login whose shells are opened where the golden run names nobody; empty: the machine's login user's
     * @param names what this sandbox and its machines are called
     * @param begun told of each step, with its number, before it runs
     */
    GoldenReplay(
            Golden golden,
            GuestTerminal.Opener opener,
            Optional<String> login,
            List<String> names,
            BiConsumer<Integer, GoldenStep> begun) {
        this(golden, opener, login, names, begun, ReplayShell.READY);
    }

    /** @param taken how long a shell may need until it begins a command */
    GoldenReplay(
            Golden golden,
            GuestTerminal.Opener opener,
            Optional<String> login,
            List<String> names,
            BiConsumer<Integer, GoldenStep> begun,
            Duration taken) {
        this.golden = golden;
        this.opener = opener;
        this.login = login;
        List<String> all = new ArrayList<>(names);
        golden.recorded().ifPresent(recorded -> {
            all.add(recorded.sandbox());
            all.addAll(recorded.hosts());
        });
        this.tolerance = new Tolerance(all);
        this.begun = begun;
        this.taken = taken;
    }

    /**
     * What came of it.
     *
     * @param seen       what the steps showed that did what they should, in order
     * @param skipped    how many commands were left out because the file says so
     * @param divergence where it first went another way; empty: nowhere
     */
    record Replayed(List<Golden.Seen> seen, int skipped, Optional<Divergence> divergence) {
        /** Copies the list. */
        Replayed {
            seen = List.copyOf(seen);
        }
    }

    /**
     * Runs them.
     *
     * @throws ExpectedFailure      if the sandbox can't be worked in; that says nothing about the sample
     * @throws InterruptedException if the thread is interrupted
     */
    Replayed run() throws InterruptedException {
        Map<Integer, ReplayShell> shells = new HashMap<>();
        Set<Integer> withJobs = new HashSet<>();
        List<Golden.Seen> seen = new ArrayList<>();
        int skipped = 0;
        try {
            for (int i = 0; i < golden.steps().size(); i++) {
                GoldenStep step = golden.steps().get(i);
                skipped += step.skip().isPresent() ? 1 : 0;
                if (!step.runs()) {
                    continue;
                }
                begun.accept(i + 1, step);
                int number = step.shell().orElse(1);
                ReplayShell shell = shells.get(number);
                if (shell == null) {
                    shell = ReplayShell.open(
                            opener,
                            golden.shell(step),
                            golden.shell(step).user().or(() -> login),
                            taken);
                    shells.put(number, shell);
                }
                ReplayShell.Ran ran =
                        shell.run(step.command().orElseThrow(), step.input(), Duration.ofSeconds(golden.limit(step)));
                Optional<Divergence> divergence = judge(i + 1, step, ran, jobs(step, number, withJobs));
                if (divergence.isPresent()) {
                    return new Replayed(seen, skipped, divergence);
                }
                seen.add(new Golden.Seen(i + 1, ran.exit().orElse(0), ran.lines(), ran.cut()));
            }
            return new Replayed(seen, skipped, Optional.empty());
        } finally {
            shells.values().forEach(ReplayShell::close);
        }
    }

    private static Tolerance.Jobs jobs(GoldenStep step, int shell, Set<Integer> withJobs) {
        if (Tolerance.background(step.command().orElseThrow())) {
            withJobs.add(shell);
            return Tolerance.Jobs.NEW;
        }
        return withJobs.contains(shell) ? Tolerance.Jobs.EARLIER : Tolerance.Jobs.NONE;
    }

    private Optional<Divergence> judge(int number, GoldenStep step, ReplayShell.Ran ran, Tolerance.Jobs jobs) {
        String command = step.command().orElseThrow();
        List<String> shown =
                ran.lines().subList(0, Math.min(MOST_TOLD, ran.lines().size()));
        if (ran.exit().isEmpty()) {
            Divergence.Kind kind = ran.ended() ? Divergence.Kind.SHELL_ENDED : Divergence.Kind.TIME_LIMIT;
            String expected = ran.ended() ? "" : golden.limit(step) + " s at most";
            return Optional.of(new Divergence(number, command, kind, 0, expected, "", shown));
        }
        int exit = ran.exit().get();
        if (step.exit().isPresent() && step.exit().get() != exit) {
            return Optional.of(new Divergence(
                    number,
                    command,
                    Divergence.Kind.EXIT,
                    0,
                    Integer.toString(step.exit().get()),
                    Integer.toString(exit),
                    shown));
        }
        return step.output()
                .flatMap(expected -> Comparison.first(
                        expected, new Comparison.Shown(ran.lines(), ran.cut(), jobs), step.how(), tolerance))
                .map(difference -> new Divergence(
                        number,
                        command,
                        Divergence.Kind.OUTPUT,
                        difference.line(),
                        difference.expected(),
                        difference.seen(),
                        shown));
    }
}
