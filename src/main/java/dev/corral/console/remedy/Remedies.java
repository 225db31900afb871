package dev.corral.console.remedy;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Environment;
import dev.corral.core.doctor.Doctor;
import dev.corral.core.doctor.Finding;
import dev.corral.core.operation.OperationTask;
import dev.corral.core.operation.remedy.FileMend;
import dev.corral.core.operation.remedy.FileMendTask;
import dev.corral.core.operation.remedy.HeldSandbox;
import dev.corral.core.operation.remedy.HostFix;
import dev.corral.core.operation.remedy.HostFixTask;
import dev.corral.core.operation.remedy.StopHolderTask;
import dev.corral.core.vagrant.LockHolder;
import dev.corral.core.vagrantfile.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Does what is offered beside failures. What changes anything asks first, and is an operation with a journal. For the FX thread. */
public final class Remedies {
    private static final int TRIED_PORTS = 500;
    private static final int HIGHEST_PORT = 65535;

    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final Navigation navigation;
    private final FileMendTask.Written mended;

    /** What whoever shows a failure does itself. */
    public interface Ways {
        /** Does it again. */
        void again(Offer.Again what);

        /** Shows a line. */
        void jump(Place place);

        /** Shows what lies where it failed: the machine's screen, or a shell. */
        void look(Offer.Look what);

        /** The sandbox, for who looks which process holds it; empty where there is none. */
        Optional<HeldSandbox> held(Environment environment);

        /** The sandbox's id; empty where it has none. */
        String sandbox();

        /** Where the sandbox's Vagrant keeps plugins and boxes, as a variable; empty where it is the usual place. */
        Map<String, String> context();
    }

    /**
     * @param corral     launches operations
     * @param threads    where what blocks runs
     * @param desk       takes questions and notices
     * @param navigation shows other pages
     * @param mended     told of each file that was changed, away from the FX thread
     */
    public Remedies(
            Corral corral, Threads threads, MessageCenter desk, Navigation navigation, FileMendTask.Written mended) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.navigation = navigation;
        this.mended = mended;
    }

    /** Those of a page of this window. */
    public static Remedies of(PageContext context) {
        return of(context, file -> {});
    }

    /**
     * Those of a page of this window that shows files. What a remedy changes is not asked about again, as what is saved here.
     *
     * @param mended told of each file that was changed, on the FX thread
     */
    public static Remedies of(PageContext context, Consumer<Path> mended) {
        return new Remedies(
                context.corral(), Threads.WINDOW, context.desk(), context.navigation(), (file, before, after) -> {
                    context.commands().readings().saved(file, before, after);
                    Threads.WINDOW.hop(() -> mended.accept(file));
                });
    }

    /** Does what is offered. */
    public void run(Offer offer, Ways ways) {
        switch (offer.does()) {
            case Offer.Again what -> ways.again(what);
            case Offer.Jump(Place place) -> ways.jump(place);
            case Offer.Host(HostFix fix) ->
                ask(
                        fix.label() + "?",
                        fix.consequence(),
                        List.of(String.join(" ", fix.command())),
                        fix.label(),
                        () -> launch(
                                () -> HostFixTask.of(fix, corral.environment(), ways.context()),
                                fix.label(),
                                Texts.line(String.join(" ", fix.command())) + " is done. Start again."));
            case Offer.UnixLineEnds(Path script) ->
                mend(FileMend.unixLineEnds(script), "What it holds is kept; only its line ends change.");
            case Offer.OtherPort port -> otherPort(port);
            case Offer.StopHolder _ -> ways.held(corral.environment()).ifPresent(this::stopHolder);
            case Offer.Look look -> {
                switch (look) {
                    case DOCTOR -> doctor();
                    case SPACE -> navigation.go(new Reveal.Item(ways.sandbox()));
                    case CONSOLE, SHELL -> ways.look(look);
                }
            }
        }
    }

    private void stopHolder(HeldSandbox held) {
        threads.background(
                "lock-holder",
                held::holder,
                found -> found.ifPresentOrElse(
                        holder -> askToStop(held, holder),
                        () -> desk.tell(Notice.news(
                                "No process is seen to hold a VM of " + Texts.line(held.id()) + " now: try again."))),
                this::tell);
    }

    private void askToStop(HeldSandbox held, LockHolder holder) {
        String who = Texts.line(holder.words());
        if (!holder.ours() || holder.process().isEmpty()) {
            desk.tell(Notice.failure(
                    Texts.line(held.id()) + " is held by " + who + ", which is not yours to stop from here.",
                    "Wait for its end, or ask whose it is.",
                    ""));
            return;
        }
        ask(
                "Stop process " + holder.pid() + "?",
                "It holds a VM of " + Texts.line(held.id())
                        + ". It gets an interrupt, as by Ctrl-C in its terminal, and is not killed: Vagrant ends what it is in first, and "
                        + "may leave that VM half-way.",
                List.of(who),
                "Stop it",
                () -> launch(
                        () -> StopHolderTask.of(held, holder, corral.environment()),
                        "Stop process " + holder.pid(),
                        "it holds no VM of " + Texts.line(held.id()) + " any more. Try again."));
    }

    private void otherPort(Offer.OtherPort port) {
        threads.background(
                "free-port",
                () -> free(port.port()),
                found -> {
                    if (found.isEmpty()) {
                        desk.tell(Notice.failure(
                                "No port near " + port.port() + " is free.", "Choose one yourself.", ""));
                    } else {
                        mend(
                                FileMend.otherPort(
                                        Path.of(port.place().file()),
                                        port.place().line(),
                                        port.port(),
                                        found.getAsInt()),
                                "Line " + port.place().line() + " forwards port " + found.getAsInt()
                                        + " of this computer then.");
                    }
                },
                this::tell);
    }

    private static OptionalInt free(int taken) {
        for (int port = taken + 1; port <= Math.min(HIGHEST_PORT, taken + TRIED_PORTS); port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(port));
                return OptionalInt.of(port);
            } catch (IOException e) {
                // Somebody has it; the next one may be free.
                continue;
            }
        }
        return OptionalInt.empty();
    }

    private void mend(FileMend mend, String consequence) {
        String title = Texts.line("Save " + mend.file().getFileName() + " with " + mend.words());
        ask(
                title + "?",
                consequence,
                List.of(Texts.line(mend.file().toString())),
                "Save it",
                () -> launch(
                        () -> FileMendTask.of(mend, corral.environment(), mended), title, "It is saved. Start again."));
    }

    private void ask(String title, String text, List<String> what, String verb, Runnable yes) {
        desk.ask(new Question(
                Texts.line(title),
                text,
                what,
                List.of(
                        Question.Choice.safe("remedy-leave", "Leave it"),
                        new Question.Choice("remedy-do", Texts.line(verb), Question.Tone.MAIN, false, yes)),
                0));
    }

    private void launch(Callable<OperationTask> made, String title, String done) {
        threads.background(
                "remedy",
                () -> corral.operations().launch(made.call()),
                operation -> {
                    desk.update(operation.id(), activity -> activity.titled(Texts.line(title)));
                    var _ = operation
                            .done()
                            .whenComplete((nothing, failure) -> threads.hop(() -> {
                                if (failure == null) {
                                    desk.tell(Notice.news(Texts.line(title) + ": " + done));
                                } else if (!Problem.of(failure).cancelled()) {
                                    tell(failure);
                                }
                            }));
                },
                this::tell);
    }

    private void doctor() {
        threads.background(
                "doctor",
                () -> new Doctor(corral.environment()).examine(),
                found -> desk.ask(new Question(
                        found.stream().allMatch(one -> one.verdict() == Finding.Verdict.OK)
                                ? "Doctor finds nothing wrong"
                                : "What doctor finds",
                        "corral doctor says the same in a terminal.",
                        found.stream()
                                .filter(one -> one.verdict() != Finding.Verdict.OK)
                                .map(one -> Texts.line(one.check() + ": " + one.sentence() + " " + one.nextStep()))
                                .toList(),
                        List.of(Question.Choice.safe("doctor-close", "Close")),
                        0)),
                this::tell);
    }

    private void tell(Throwable failure) {
        desk.tell(Notice.of(Problem.of(failure)));
    }
}
