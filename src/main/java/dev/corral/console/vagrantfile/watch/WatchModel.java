package dev.corral.console.vagrantfile.watch;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.console.work.Machines;
import dev.corral.console.work.UnattendedRuns;
import dev.corral.console.work.Verb;
import dev.corral.console.work.WaitingWork;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.hook.Selection;
import dev.corral.core.vagrantfile.watch.Steps;
import dev.corral.core.vagrantfile.watch.Unbegun;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs those steps of the open Vagrantfile again that a save changed, in the sandbox that it runs in, as long as that is wanted. Saves
 * up to the moment at which the sandbox is free are one run. For the FX thread; files are read elsewhere.
 */
public final class WatchModel {
    private static final int NONE_BEGAN = -1;
    private static final String NO_VM = "%s has no VM yet: Up makes it with what is saved";

    private final Ground ground;
    private final WaitingWork waiting;
    private final UnattendedRuns runs;
    private final Threads threads;
    private final Runnable changed;
    /** The ids of what waits, by machine; empty while it is being added. */
    private final Map<String, String> queued = new TreeMap<>();

    private final Set<String> running = new HashSet<>();
    private final Unbegun unbegun = new Unbegun();
    private Optional<Steps> done = Optional.empty();
    private Optional<Steps> latest = Optional.empty();
    private boolean on;
    private boolean rebase;
    private int asked;
    private int basis;
    private String last = "";

    /** What it works on. */
    public interface Ground {
        /** The sandbox that the open Vagrantfile runs in. */
        Optional<SandboxView> sandbox();

        /** Where the sandbox's code comes from; empty when the sandbox's own is open. */
        Optional<Path> original();

        /** Whether the open Vagrantfile was read with those variables, of the ones that it reads, that the sandbox was started with. */
        boolean readAsStarted(SandboxView view);
    }

    /**
     * @param waiting where runs wait for the sandbox
     * @param runs    does them
     * @param changed told when {@link #words} may be others
     */
    public WatchModel(Ground ground, WaitingWork waiting, UnattendedRuns runs, Threads threads, Runnable changed) {
        this.ground = ground;
        this.waiting = waiting;
        this.runs = runs;
        this.threads = threads;
        this.changed = changed;
    }

    /** Another file is open: nothing of it is run before that is asked for. */
    public void open() {
        asked++;
        on = false;
        rebase = false;
        latest = Optional.empty();
        startAnew();
    }

    /** It runs in another sandbox from now on: what was saved before is not run in that. */
    public void another() {
        startAnew();
        changed.run();
    }

    /** Other variables are set for the next reading: what they change in the file was not saved by anybody. */
    public void otherVariables() {
        asked++;
        rebase = true;
        startAnew();
    }

    // What is under way goes on; it is not this one's any more.
    private void startAnew() {
        basis++;
        takeBack();
        running.clear();
        unbegun.forget();
        done = latest;
        last = "";
    }

    /** Whether steps run again. */
    public boolean on() {
        return on;
    }

    /** Lets steps run again from now on, or no more. What is saved already runs neither way. */
    public void turn(boolean wanted) {
        on = wanted;
        startAnew();
        changed.run();
    }

    private void takeBack() {
        queued.values().forEach(waiting::cancel);
        queued.clear();
    }

    /** Vagrant has said what the file means, as it is saved now. */
    public void read(Resolution said) {
        int turn = asked;
        threads.background(
                "read-steps",
                () -> Steps.of(said),
                steps -> {
                    if (turn == asked) {
                        take(steps);
                    }
                },
                failure -> {
                    last = Texts.line(Problem.of(failure).sentence());
                    changed.run();
                });
    }

    // What was taken back in Activity is not run by the next save either.
    private void forgetTheCancelled() {
        queued.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().isEmpty() && !waiting.holds(entry.getValue());
            if (gone) {
                done = done.flatMap(before -> latest.map(now -> before.with(entry.getKey(), now)));
            }
            return gone;
        });
    }

    private void take(Steps steps) {
        forgetTheCancelled();
        latest = Optional.of(steps);
        if (rebase) {
            rebase = false;
            done = latest;
        }
        if (!on) {
            return;
        }
        done = done.map(before -> unbegun.due(before.withNew(steps), steps)).or(() -> latest);
        Map<String, SortedSet<Integer>> news = steps.changedSince(done.orElseThrow());
        Optional<SandboxView> sandbox = ground.sandbox();
        news.keySet().forEach(machine -> sandbox.flatMap(view -> machine(view, machine))
                .ifPresentOrElse(those -> queue(those, machine, steps), () -> leave(machine, steps, NO_VM)));
        changed.run();
    }

    private void leave(String machine, Steps steps, String why) {
        done = done.map(before -> before.with(machine, steps));
        last = why.formatted(Texts.line(machine));
    }

    // A sandbox that starts has copied its code, perhaps, before this was saved: its machine is waited for.
    private static Optional<Machines> machine(SandboxView view, String plain) {
        boolean starting = view.state() == SandboxState.QUEUED || view.state() == SandboxState.STARTING;
        Optional<Machines> known = view.machines().stream()
                .filter(one -> starting || !one.id().isEmpty())
                .map(MachineView::name)
                .filter(name -> name.equals(plain) || view.plainName(name).equals(plain))
                .findFirst()
                .map(name -> new Machines(view, name));
        return starting ? known.or(() -> Optional.of(new Machines(view, plain))) : known;
    }

    private void queue(Machines those, String plain, Steps steps) {
        if (!ground.readAsStarted(those.sandbox())) {
            // The positions are of another list of provisioners than the sandbox's.
            leave(
                    plain,
                    steps,
                    "did not run what was saved of %s: the variables here are others than those that its sandbox was started with");
        } else if (!queued.containsKey(plain)) {
            queued.put(plain, "");
            int turn = basis;
            AtomicReference<String> id = new AtomicReference<>("");
            id.set(waiting.add(
                    those.sandbox(),
                    OperationKind.PROVISION,
                    "Provision " + those.title() + ", what was saved",
                    over -> run(those.sandbox().id(), plain, turn, id::get, over)));
            // Where it has begun at once and is to be tried again, it waits under that id.
            queued.replace(plain, id.get());
        }
    }

    // Which steps is only known when it is their turn.
    private void run(String sandbox, String plain, int turn, Supplier<String> id, Consumer<Optional<Throwable>> over) {
        boolean still = turn == basis && on && queued.containsKey(plain) && isCurrent(sandbox);
        if (still) {
            // What failed may have been mended while it ran.
            done = done.map(
                    before -> latest.map(now -> unbegun.due(before, now)).orElse(before));
        }
        // Its name, and whether it exists, may be known only now.
        Optional<Machines> those = ground.sandbox().flatMap(view -> machine(view, plain));
        Optional<SortedSet<Integer>> positions = latest.flatMap(
                now -> done.map(before -> now.changedSince(before).get(plain)).filter(some -> !some.isEmpty()));
        if (!still || positions.isEmpty()) {
            if (turn == basis) {
                queued.remove(plain);
            }
            over.accept(Optional.empty());
            return;
        }
        queued.remove(plain);
        if (those.isEmpty()) {
            latest.ifPresent(now -> leave(plain, now, NO_VM));
            over.accept(Optional.empty());
            changed.run();
            return;
        }
        Steps before = done.orElseThrow();
        Steps now = latest.orElseThrow();
        done = Optional.of(before.with(plain, now));
        running.add(plain);
        last = "";
        Selection selection = Selection.only(
                positions.get().stream().mapToInt(Integer::intValue).toArray());
        String what = selection.words().replaceFirst("^only ", "") + " of " + Texts.line(plain);
        AtomicInteger failedAt = new AtomicInteger(NONE_BEGAN);
        runs.of(Verb.PROVISION, those.get(), ground.original(), selection, failedAt::set)
                .begin(failure -> {
                    if (turn == basis) {
                        running.remove(plain);
                        unbegun.failed(plain, now, positions.get(), failedAt.get());
                        last = ending(what, failure);
                        boolean busy = failure.filter(WaitingWork::busy).isPresent();
                        boolean noneBegan = failedAt.get() == NONE_BEGAN
                                && failure.filter(why -> !Problem.of(why).cancelled())
                                        .isPresent();
                        if (busy || noneBegan) {
                            // All of them are due still, at once or with the next save.
                            done = done.map(meanwhile -> meanwhile.with(plain, before));
                        }
                        if (busy) {
                            queued.put(plain, id.get());
                        }
                    }
                    // What nobody waits for any more is not tried again.
                    over.accept(turn == basis ? failure : Optional.empty());
                    changed.run();
                });
        changed.run();
    }

    private boolean isCurrent(String sandbox) {
        return ground.sandbox().filter(view -> view.id().equals(sandbox)).isPresent();
    }

    private static String ending(String what, Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            return "ran " + what + " again";
        }
        Problem problem = Problem.of(failure.get());
        return problem.cancelled() ? "cancelled: " + what : "failed: " + what + ". " + Texts.line(problem.sentence());
    }

    /** What it does now or did last, in words; empty when it is off. */
    public String words() {
        if (!on) {
            return "";
        }
        forgetTheCancelled();
        if (!running.isEmpty()) {
            return "runs again what was saved of " + names(running);
        }
        if (!queued.isEmpty()) {
            return "waits with what was saved of " + names(queued.keySet()) + ", see Activity";
        }
        if (ground.sandbox().isEmpty()) {
            return "checks each save; there is no sandbox yet in which a step could run again";
        }
        return last.isEmpty() ? "waits for a save" : last;
    }

    private static String names(Set<String> machines) {
        return machines.stream().sorted().map(Texts::line).collect(Collectors.joining(", "));
    }
}
