package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.core.app.Corral;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.TrustGiven;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/** Starts from the click until their sandboxes are in the inventory. Each of them once. For the FX thread; what blocks runs elsewhere. */
final class Starts {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final TrustQuestion trust;
    private final BiConsumer<Operation, String> begun;
    private final ObservableSet<Manifest.Origin> pending = FXCollections.observableSet();
    private final Map<String, Manifest.Origin> begunFor = new HashMap<>();
    private final Set<Wanted> wanted = new HashSet<>();
    private int handedOver;

    /** A start that has been asked for and has not begun: what is looked at, asked about or handed over. */
    private record Wanted(Manifest.Origin origin, Path vagrantfile) {}

    /**
     * @param corral  the core
     * @param threads where what blocks runs
     * @param desk    where failures are told
     * @param trust   asks about unknown Vagrantfiles
     * @param begun   gets each start that has begun, and its title
     */
    Starts(
            Corral corral,
            Threads threads,
            MessageCenter desk,
            TrustQuestion trust,
            BiConsumer<Operation, String> begun) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.trust = trust;
        this.begun = begun;
    }

    /** Starts a sandbox, see {@link SandboxCommands#start}; false if the same has been asked for already, and nothing comes of it. */
    boolean start(StartRequest request, String title, Consumer<String> told) {
        Manifest.Origin origin = request.origin();
        Wanted start = new Wanted(origin, request.vagrantfile());
        // Asked twice before the first one is seen: a double click or a nervous key.
        if (!origin.sample().isEmpty() && pending.contains(origin) || !wanted.add(start)) {
            return false;
        }
        trust.judge(new TrustQuestion.Start(
                request.vagrantfile(),
                title,
                origin.sample().isEmpty() ? title : origin.sample(),
                () -> wanted.add(start),
                () -> wanted.remove(start),
                may -> begin(start, request, may, title, told)));
        return true;
    }

    private void begin(
            Wanted start,
            StartRequest request,
            Supplier<Optional<TrustGiven>> may,
            String title,
            Consumer<String> told) {
        handedOver++;
        desk.settle("Start " + title);
        pending.add(start.origin());
        threads.background(
                "start",
                () -> corral.operations()
                        .start(may.get().map(request::withTrust).orElse(request)),
                operation -> {
                    handedOver--;
                    wanted.remove(start);
                    begunFor.put(operation.sandbox(), start.origin());
                    begun.accept(operation, "Start " + title);
                    told.accept(operation.sandbox());
                },
                failure -> {
                    handedOver--;
                    wanted.remove(start);
                    pending.remove(start.origin());
                    desk.tell(Notice.of(Problem.of(failure)).about("Start " + title));
                });
    }

    /** The sandbox is in the inventory, or will not be any more. */
    void seen(String sandbox) {
        Manifest.Origin origin = begunFor.remove(sandbox);
        if (origin != null) {
            pending.remove(origin);
        }
    }

    /** What a start has been asked for that has no sandbox in the inventory yet. */
    ObservableSet<Manifest.Origin> pending() {
        return pending;
    }

    /** Whether starts have been handed over that have not begun yet. */
    boolean underWay() {
        return handedOver > 0;
    }
}
