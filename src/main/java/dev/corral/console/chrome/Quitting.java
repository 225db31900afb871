package dev.corral.console.chrome;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageWork;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.Owner;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Leaving: freely when nothing lives, with a question when VMs do, not at all while something is half made. For the FX thread; what
 * blocks runs elsewhere.
 */
public final class Quitting {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final SandboxCommands commands;
    private final Cleanups cleanups;
    private final Surroundings around;
    private final Departure departure = new Departure(() -> this.leave.run());
    private List<SandboxView> own = List.of();
    private Runnable leave = () -> {};
    private Supplier<List<PageWork>> pages = List::of;
    private boolean looking;

    /**
     * What leaving needs of the window.
     *
     * @param toFront   lets the user see what is asked
     * @param programs  tells what runs in terminals
     * @param questions asks
     */
    public record Surroundings(Runnable toFront, Consumer<Consumer<List<String>>> programs, QuitQuestions questions) {}

    /**
     * @param corral   the core
     * @param threads  where what blocks runs
     * @param desk     where failures are told
     * @param commands what is done to sandboxes
     * @param cleanups the window's cleanup
     * @param around   the window
     */
    public Quitting(
            Corral corral,
            Threads threads,
            MessageCenter desk,
            SandboxCommands commands,
            Cleanups cleanups,
            Surroundings around) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.commands = commands;
        this.cleanups = cleanups;
        this.around = around;
    }

    /** Says what pages do that leaving would leave half made. */
    public void pagesDo(Supplier<List<PageWork>> work) {
        pages = work;
    }

    /** Says what leaves. */
    public void whenReady(Runnable leaving) {
        leave = leaving;
    }

    /** The sandboxes of this window that nobody else keeps. */
    public List<SandboxView> ownLive() {
        return own;
    }

    /** Takes note of a new inventory. */
    public void inventoryChanged(Inventory inventory) {
        long pid = ProcessHandle.current().pid();
        own = inventory.sandboxes().stream()
                .filter(view -> !view.pinned()
                        && view.manifest()
                                .map(manifest -> manifest.owner().pid() == pid
                                        && manifest.owner().kind() == Owner.Kind.CONSOLE)
                                .orElse(false))
                .toList();
    }

    /** The user wants to leave. */
    public void ask() {
        around.toFront().run();
        if (!explainsWork() && !looking) {
            looking = true;
            around.programs().accept(programs -> {
                looking = false;
                ask(programs);
            });
        }
    }

    private void ask(List<String> programs) {
        if (explainsWork()) {
            return;
        }
        if (!own.isEmpty()) {
            List<SandboxView> asked = own;
            around.questions().askAboutVms(asked, programs, () -> keep(asked), () -> destroy(asked));
        } else if (!programs.isEmpty()) {
            around.questions().askAboutPrograms(programs, leave);
        } else {
            leave.run();
        }
    }

    /** True when something is under way, which is said then. */
    private boolean explainsWork() {
        List<Operation> work = commands.running();
        List<PageWork> ofPages = pages.get();
        if (work.isEmpty() && !commands.starting() && !cleanups.running() && ofPages.isEmpty()) {
            return false;
        }
        List<String> titles = Stream.concat(
                        desk.activities().stream()
                                .filter(activity -> activity.status() == Activity.Status.RUNNING)
                                .map(Activity::title),
                        ofPages.stream().map(PageWork::title))
                .toList();
        around.questions().explainWork(titles, () -> {
            work.forEach(workflow -> commands.cancel(workflow.sandbox()));
            cleanups.stop();
            ofPages.forEach(one -> one.cancel().run());
        });
        return true;
    }

    private void keep(List<SandboxView> sandboxes) {
        threads.background(
                "pin-all",
                () -> {
                    sandboxes.forEach(view -> corral.operations().pin(view.id(), true));
                    return true;
                },
                done -> leave.run(),
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void destroy(List<SandboxView> sandboxes) {
        departure.after(sandboxes.stream().map(SandboxView::id).toList());
        desk.tell(Notice.news("The window closes when everything is destroyed."));
        sandboxes.forEach(view -> commands.destroyNow(view.id(), gone -> departure.ended(view.id(), gone)));
    }
}
