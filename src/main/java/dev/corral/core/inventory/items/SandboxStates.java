package dev.corral.core.inventory.items;

import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.items.Evidence.Worker;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Decides what a sandbox is to a person who wants room, and says why. Whoever works on it comes first, then a pin, then its owner. */
final class SandboxStates {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    // A run writes its directory a moment after its process began, by a clock that may be coarse.
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private final List<InspectRun> runs;
    private final Map<Owner, Life> lives = new ConcurrentHashMap<>();
    private final Instant now;

    SandboxStates(List<InspectRun> runs, Instant now) {
        this.runs = runs;
        this.now = now;
    }

    /** A state with its reason. */
    record Verdict(ItemState state, String reason) {}

    /**
     * The state of a sandbox.
     *
     * @param worker   who works in its directory right now
     * @param damaged  whether its manifest is there and can not be understood
     * @param anything whether any layer but the cache knows something of it: a noted id, a VM, a disk
     */
    Verdict of(SandboxView view, Optional<Worker> worker, boolean damaged, boolean anything) {
        Optional<OperationView> underWay =
                view.operation().filter(operation -> operation.endedAt().isEmpty() && operation.alive());
        if (underWay.isPresent()) {
            return switch (underWay.get().kind()) {
                case START ->
                    new Verdict(
                            ItemState.STARTING,
                            view.state() == SandboxState.QUEUED
                                    ? "It waits for its turn to start."
                                    : "Its start is under way" + phase(underWay.get()) + ".");
                default ->
                    new Verdict(ItemState.LIVE, "Its " + underWay.get().kind().words() + " is under way.");
            };
        }
        if (worker.filter(known -> !known.left()).isPresent()) {
            return new Verdict(
                    ItemState.LIVE,
                    capital(worker.get().what()) + process(worker.get().pid()) + " works on it right now.");
        }
        if (damaged) {
            return new Verdict(ItemState.UNKNOWN, "Its manifest can't be understood, so nobody knows whose it is.");
        }
        return view.manifest()
                .map(manifest -> byManifest(view, manifest, worker, anything))
                .orElseGet(() -> withoutManifest(view, anything));
    }

    /** Whether an owner lives; looked up once. */
    Life life(Owner owner) {
        return lives.computeIfAbsent(owner, Owners::life);
    }

    private static String phase(OperationView operation) {
        return operation
                .currentPhase()
                .map(PhaseSpan::name)
                .filter(name -> !name.isEmpty())
                .map(name -> " (" + name + ")")
                .orElse("");
    }

    private static String process(long pid) {
        return pid > 0 ? " (process " + pid + ")" : "";
    }

    private Verdict byManifest(SandboxView view, Manifest manifest, Optional<Worker> worker, boolean anything) {
        Optional<Manifest.Pin> pin = manifest.pin();
        if (pin.filter(known -> known.holds(now)).isPresent()) {
            return new Verdict(
                    ItemState.KEPT,
                    "Kept by " + pin.get().by() + " since "
                            + DAY.format(pin.get().at())
                            + pin.get()
                                    .until()
                                    .map(until -> ", until " + DAY.format(until))
                                    .orElse("") + ".");
        }
        Owner owner = manifest.user(this::life);
        String who = who(owner);
        return switch (life(owner)) {
            case ALIVE -> new Verdict(ItemState.LIVE, capital(who) + " is alive.");
            case UNKNOWN -> new Verdict(ItemState.UNKNOWN, "Whether " + who + " is alive can't be told from here.");
            case ENDED ->
                ended(
                        view,
                        pin.flatMap(Manifest.Pin::until)
                                        .map(until -> "It was to be kept until " + DAY.format(until) + ". ")
                                        .orElse("")
                                + "Its owner, " + who + ", has ended",
                        worker,
                        anything);
        };
    }

    private static Verdict ended(SandboxView view, String why, Optional<Worker> worker, boolean anything) {
        if (view.state() == SandboxState.DESTROY_FAILED) {
            return new Verdict(
                    ItemState.DESTROY_FAILED,
                    view.operation()
                            .flatMap(OperationView::failure)
                            .map(failure -> "A destroy failed: " + failure.sentence())
                            .orElse("A destroy failed."));
        }
        if (!anything && worker.isEmpty()) {
            return new Verdict(ItemState.LEFTOVER, why + ", and no VM is left in it.");
        }
        return new Verdict(
                ItemState.STRAY,
                why
                        + (worker.isPresent()
                                ? "; the Vagrant that it started"
                                        + process(worker.get().pid()) + " still runs."
                                : view.state() == SandboxState.INTERRUPTED
                                        ? " in the middle of "
                                                + view.operation()
                                                        .map(operation -> "a "
                                                                + operation
                                                                        .kind()
                                                                        .words())
                                                        .orElse("its start")
                                                + "."
                                        : " and nobody keeps it."));
    }

    // The original plugin writes no owner. A run that began before the directory was made may be it.
    private Verdict withoutManifest(SandboxView view, boolean anything) {
        if (!SandboxNames.isSandbox(view.id())) {
            return new Verdict(ItemState.FOREIGN, "It is not named like a sandbox: somebody's own project.");
        }
        Optional<InspectRun> run = runs.stream()
                .filter(known -> !known.startedAt().isAfter(view.createdAt().plus(CLOCK)))
                .findFirst();
        if (run.isPresent()) {
            return new Verdict(
                    ItemState.UNKNOWN,
                    "Nothing says whose it is, and Inspect process "
                            + run.get().process().pid() + ", which runs, is older than it.");
        }
        return anything
                ? new Verdict(
                        ItemState.STRAY,
                        "It has no manifest of Corral's, and no run of Inspect that could own it is alive.")
                : new Verdict(
                        ItemState.LEFTOVER,
                        "It has no manifest of Corral's, no VM is left in it, and no run of Inspect that could own it is alive.");
    }

    private static String who(Owner owner) {
        return switch (owner.kind()) {
            case INSPECT -> "Inspect process " + owner.pid();
            case CONSOLE -> "the window with process " + owner.pid();
            case COMMAND_LINE -> "the command with process " + owner.pid();
        };
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
