package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Texts;
import dev.corral.console.solve.after.IdleNews;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is asked of a session's human agent from the window, one thing at a time, and what is told about it. For the FX thread. */
final class SessionAsking {
    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final Supplier<Optional<SolveStatus>> chosen;
    private final Consumer<SolveStatus> seen;
    private final Runnable judge;
    private final Map<String, SolveState> states = new HashMap<>();
    private final Consumer<String> show;
    private final TerminalWish terminal;
    private final Predicate<String> ahead;
    private final LimitNews limits;
    private final IdleNews idle;
    private String busy = "";

    /**
     * @param chosen the chosen session
     * @param seen   gets a session that was looked at anew
     * @param judge  called when something begins or ends
     * @param ahead  whether a session waits until the person comes to it: a terminal would start its clock
     * @param show   shows the session of that id
     */
    SessionAsking(
            PageContext context,
            Threads threads,
            Solving solving,
            Supplier<Optional<SolveStatus>> chosen,
            Consumer<SolveStatus> seen,
            Runnable judge,
            Predicate<String> ahead,
            Consumer<String> show) {
        this.context = context;
        this.threads = threads;
        this.solving = solving;
        this.chosen = chosen;
        this.seen = seen;
        this.judge = judge;
        this.ahead = ahead;
        this.show = show;
        terminal = new TerminalWish(context, threads, solving);
        idle = new IdleNews(context.desk(), this::decide);
        limits = new LimitNews(
                context,
                show,
                new LimitNews.Answers(
                        status -> ask("The clock is being stopped", id(status), () -> solving.stop(id(status))),
                        status -> {
                            show.accept(id(status));
                            context.actions().run(SolveAction.SUBMIT);
                        },
                        this::giveUp));
    }

    /** What is being asked right now; empty if nothing is. */
    String busy() {
        return busy;
    }

    /** Says what the commands do. */
    void install(SessionPane pane) {
        on(
                SolveAction.CLOCK_START,
                status -> ask("The clock is being started", id(status), () -> solving.start(id(status))));
        on(
                SolveAction.CLOCK_STOP,
                status -> ask("The clock is being stopped", id(status), () -> solving.stop(id(status))));
        on(SolveAction.NOTE, status -> pane.takeNote());
        on(SolveAction.VALIDATE, status -> validate(status, pane.answer().answer()));
        on(SolveAction.SCORE, status -> {
            String answer = pane.answer().answer();
            ask("The answer is being scored", id(status), () -> solving.score(id(status), answer));
        });
        on(SolveAction.SUBMIT, status -> submit(status, pane.answer()));
        on(SolveAction.GIVE_UP, this::giveUp);
        on(SolveAction.MACHINE_SHELL, status -> pane.machines().open());
        on(SolveAction.HAND_OVER, status -> pane.handOver());
        on(SolveAction.GO_ON, this::goOn);
        on(SolveAction.RUN_OUTPUT, status -> context.dock()
                .openVagrantfile(
                        "Inspect · " + id(status),
                        solving.store().root().resolve(id(status)).resolve("output.log"),
                        0));
    }

    private void on(SolveAction action, Consumer<SolveStatus> what) {
        context.actions().handle(action, () -> chosen.get().ifPresent(what));
    }

    private static String id(SolveStatus status) {
        return status.session().id();
    }

    private void ask(String words, String id, Callable<String> what) {
        ask(words, id, what, said -> {});
    }

    private void ask(String words, String id, Callable<String> what, Consumer<String> done) {
        busy = words;
        judge.run();
        record Answer(String said, SolveStatus status) {}
        threads.background(
                "solve-ask",
                () -> {
                    String said = what.call();
                    return new Answer(said, solving.status(id));
                },
                answer -> {
                    busy = "";
                    done.accept(answer.said());
                    seen.accept(answer.status());
                    judge.run();
                },
                failure -> {
                    busy = "";
                    judge.run();
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    /** Keeps a note. */
    void note(String text, Runnable kept) {
        chosen.get()
                .ifPresent(status -> ask(
                        "The note is being kept",
                        id(status),
                        () -> solving.note(id(status), text),
                        said -> kept.run()));
    }

    /** Decides about a stretch of the chosen session's clock. */
    void decide(String interval, boolean counts, String reason) {
        chosen.get().ifPresent(status -> decide(id(status), interval, counts, reason));
    }

    private void decide(String session, String interval, boolean counts, String reason) {
        ask("The clock is being written", session, () -> {
            var _ = solving.decide(session, interval, counts, reason);
            return "";
        });
    }

    private void validate(SolveStatus status, String answer) {
        ask("The form is being checked", id(status), () -> solving.validate(id(status), answer), said -> context.tell()
                .accept(
                        said.isEmpty()
                                ? Notice.news("The answer could be handed in.")
                                : Notice.failure(
                                        "The answer would not be taken: "
                                                + Texts.line(said.replaceFirst("^FAILED:\\s*", "")) + ".",
                                        "",
                                        "")));
    }

    private void submit(SolveStatus status, AnswerCard card) {
        String answer = card.answer();
        if (answer.isBlank() && SolveRules.form(status, answer).equals(Optional.of(false))) {
            card.edit();
            context.tell().accept(Notice.failure("There is no answer yet.", "Write it into the field.", ""));
            return;
        }
        context.desk()
                .ask(new Question(
                        "Hand this answer in?",
                        (answer.isBlank() ? "There is no answer in words." : "“" + Texts.whole(answer) + "”")
                                + " ends the session: Inspect scores it and destroys the machines.",
                        List.of(),
                        List.of(
                                Question.Choice.safe("keep-solving", "Go on solving"),
                                new Question.Choice(
                                        "confirm-submit",
                                        "Submit",
                                        Question.Tone.MAIN,
                                        false,
                                        () -> ask("The answer is being handed in", id(status), () -> {
                                            solving.submit(id(status), answer);
                                            return "";
                                        }))),
                        1));
    }

    private void giveUp(SolveStatus status) {
        context.desk()
                .ask(new Question(
                        "End " + Texts.line(status.session().sample()) + " without an answer?",
                        "Its machines are destroyed, its notes and times stay in the log.",
                        List.of(),
                        List.of(
                                Question.Choice.safe("keep-solving", "Go on solving"),
                                new Question.Choice(
                                        "confirm-quit",
                                        "Quit",
                                        Question.Tone.DESTRUCTIVE,
                                        false,
                                        () -> ask("The session is being ended", id(status), () -> {
                                            solving.quit(id(status));
                                            return "";
                                        }))),
                        0));
    }

    private void goOn(SolveStatus status) {
        terminal.own(id(status));
        ask("A new run begins", id(status), () -> {
            var _ = solving.runs().resume(solving.status(id(status)));
            return "";
        });
    }

    /** Tells once what the last window left: sessions that go on, and those that were cut off. */
    void offer(List<SolveStatus> sessions) {
        for (SolveStatus status : sessions) {
            states.put(id(status), status.state());
            boolean cut = status.state() == SolveState.INTERRUPTED;
            if (!status.state().over() || cut && !status.sandbox().isEmpty() && terminal.there(status)) {
                context.tell()
                        .accept(Notice.offer(
                                        "The session of "
                                                + Texts.line(status.session().sample()) + " "
                                                + (cut ? "was cut off." : "goes on."),
                                        cut ? "Its machine and its time are kept." : "",
                                        new Notice.Remedy("Show", () -> comeBack(status)))
                                .about(about(id(status))));
            }
        }
    }

    private void comeBack(SolveStatus status) {
        terminal.own(id(status));
        show.accept(id(status));
        if (status.state().listening() && status.clock().started()) {
            terminal.wish(status);
            context.tell()
                    .accept(Notice.news(
                            "A new shell opens in its machine: the earlier ones ended with the window that had them. "
                                    + "What they showed is among its recordings."));
        }
    }

    /** Takes note that the person sees this session: it need not be offered. */
    void seen(String id) {
        context.desk().settle(about(id));
    }

    private static String about(String id) {
        return "session:" + id;
    }

    /** Says that the person begins a session here, or goes on with one. */
    void own(String id) {
        terminal.own(id);
    }

    /** Takes note of a session that was looked at: its terminal opens by itself, and its end is told. */
    void follow(SolveStatus now) {
        if (!now.session().purpose().isEmpty()) {
            // Nobody solves anything in it, and a terminal would be one more login.
            return;
        }
        limits.look(now);
        idle.look(now);
        SolveState before = states.put(id(now), now.state());
        if (before == now.state()) {
            terminal.look(now);
            return;
        }
        if (now.state().over()) {
            context.desk().settle(about(id(now)));
        }
        if (now.state().listening()
                && !ahead.test(id(now))
                && (before == SolveState.STARTING || before == SolveState.BOOTING || before == null)) {
            terminal.wish(now);
        } else if (now.state() == SolveState.INTERRUPTED) {
            context.tell()
                    .accept(Notice.failure(
                            "Inspect has ended in the middle of "
                                    + Texts.line(now.session().sample()) + ".",
                            "The machine and the journal are kept; Resume goes on with both.",
                            ""));
        } else if (now.state() == SolveState.ENDED && before != null) {
            context.tell()
                    .accept(Notice.news(Texts.line(now.session().sample()) + " has ended: "
                            + Texts.line(now.story().status()) + "."));
        } else if (now.state() == SolveState.FAILED && before != null) {
            context.tell()
                    .accept(Notice.failure(
                            Texts.line(now.session().sample()) + " could not be begun.",
                            "Output shows what Inspect printed.",
                            Texts.block(now.story().fault())));
        }
        terminal.look(now);
    }

    /** Whether a session's machine exists. */
    boolean there(SolveStatus status) {
        return terminal.there(status);
    }

    /** Takes a new inventory: a machine of it may be one whose terminal is to open. */
    void take(Inventory inventory) {
        terminal.take(inventory);
    }
}
