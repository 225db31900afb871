package dev.corral.console.work;

import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What waits until nothing else changes a sandbox, one after the other. Each stands in Activity until its turn and can be taken back there.
 * What a Vagrant that is not Corral's holds is seen by trying, so that is tried again. For the FX thread.
 */
public final class WaitingWork {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MessageCenter desk;
    private final Supplier<MachineWork> work;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> begun = new HashSet<>();
    private Optional<Inventory> inventory = Optional.empty();
    private int count;

    /** Does what waited. */
    public interface Work {
        /**
         * Begins.
         *
         * @param over to be told once, on the FX thread: why it failed, or nothing if it ended well
         */
        void begin(Consumer<Optional<Throwable>> over);
    }

    private record Entry(
            String id, String sandbox, OperationKind kind, String title, Work work, Instant since, Instant notBefore) {
        Entry later(Instant when) {
            return new Entry(id, sandbox, kind, title, work, since, when);
        }
    }

    /** @param work what this window does to machines now */
    WaitingWork(MessageCenter desk, Supplier<MachineWork> work) {
        this.desk = desk;
        this.work = work;
    }

    /**
     * Waits, or begins at once where nothing is in the way. What waits under that title already is not added again.
     *
     * @param kind  what it is
     * @param title what it is called
     * @return its id, for {@link #cancel}
     */
    public String add(SandboxView sandbox, OperationKind kind, String title, Work wanted) {
        Optional<Entry> same = entries.stream()
                .filter(entry ->
                        entry.sandbox().equals(sandbox.id()) && entry.title().equals(title))
                .findFirst();
        if (same.isPresent()) {
            return same.get().id();
        }
        Instant now = Instant.now();
        Entry entry = new Entry("waiting-" + ++count, sandbox.id(), kind, title, wanted, now, now);
        entries.add(entry);
        show(entry, obstacle(sandbox));
        look(now);
        return entry.id();
    }

    private void show(Entry entry, String why) {
        desk.begin(new Activity(
                entry.id(),
                entry.kind(),
                Texts.line(entry.title()),
                entry.sandbox(),
                entry.since(),
                Optional.empty(),
                true,
                Activity.Status.RUNNING,
                Optional.empty(),
                why,
                "",
                false,
                "",
                ""));
    }

    private String obstacle(SandboxView sandbox) {
        return work.get()
                .words(sandbox)
                .map(doing -> "waits: the sandbox is " + doing)
                .or(() -> SandboxRules.underWay(sandbox)
                        .map(one -> "waits: " + one.kind().words() + " is under way"))
                .orElse("waits for its turn");
    }

    /** Takes it back; false if nothing of that id waits. */
    public boolean cancel(String id) {
        boolean waited = entries.removeIf(entry -> entry.id().equals(id));
        if (waited) {
            desk.end(id, Activity.Status.CANCELLED, "", "");
        }
        return waited;
    }

    /** Whether it still waits: it has neither begun, nor been taken back, nor gone with its sandbox. */
    public boolean holds(String id) {
        return entries.stream().anyMatch(entry -> entry.id().equals(id));
    }

    /** Whether anything waits for the sandbox. */
    public boolean waits(String sandbox) {
        return entries.stream().anyMatch(entry -> entry.sandbox().equals(sandbox));
    }

    /** Takes note of a new inventory. */
    public void inventoryChanged(Inventory now) {
        inventory = Optional.of(now);
        look(Instant.now());
    }

    /** Begins what may begin by now. */
    public void look(Instant now) {
        if (inventory.isEmpty()) {
            return;
        }
        for (Entry entry : List.copyOf(entries)) {
            Optional<SandboxView> view = inventory.get().sandbox(entry.sandbox());
            if (view.isEmpty()) {
                entries.remove(entry);
                desk.end(entry.id(), Activity.Status.FAILED, "The sandbox has gone meanwhile.", "");
            } else if (next(entry) && free(view.get()) && !now.isBefore(entry.notBefore())) {
                begin(entry);
            }
        }
    }

    // One after the other on each sandbox.
    private boolean next(Entry entry) {
        return !begun.contains(entry.sandbox())
                && entries.stream()
                        .filter(one -> one.sandbox().equals(entry.sandbox()))
                        .findFirst()
                        .filter(entry::equals)
                        .isPresent();
    }

    private boolean free(SandboxView view) {
        return !view.state().changing()
                && SandboxRules.underWay(view).isEmpty()
                && work.get().on(view).isEmpty();
    }

    private void begin(Entry entry) {
        entries.remove(entry);
        begun.add(entry.sandbox());
        desk.forget(entry.id());
        entry.work().begin(failure -> {
            begun.remove(entry.sandbox());
            if (failure.filter(WaitingWork::busy).isPresent()) {
                Entry again = entry.later(Instant.now().plus(PATIENCE));
                entries.addFirst(again);
                show(again, "waits: " + Texts.line(sentence(failure.get())));
            }
            look(Instant.now());
        });
    }

    /** Whether something failed because something else holds the sandbox. */
    public static boolean busy(Throwable failure) {
        return cause(failure) instanceof ExpectedFailure known && known.kind() == ExpectedFailure.Kind.BUSY;
    }

    private static String sentence(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
