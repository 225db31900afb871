package dev.corral.console.solve;

import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Question;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what a session is told of its limit, once, and asks what to do where the person wanted to be asked. For the FX thread. */
final class LimitNews {
    private final PageContext context;
    private final Consumer<String> show;
    private final Answers answers;
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, Question> asked = new HashMap<>();

    /** What can be answered; each gets the session. */
    record Answers(Consumer<SolveStatus> pause, Consumer<SolveStatus> submit, Consumer<SolveStatus> quit) {}

    /** @param show shows the session of that id */
    LimitNews(PageContext context, Consumer<String> show, Answers answers) {
        this.context = context;
        this.show = show;
        this.answers = answers;
    }

    /** Looks at a session; of what was written before it was looked at the first time, only what is still to be answered is told. */
    void look(SolveStatus status) {
        List<SolveEntry> all = LimitKeeper.told(status);
        String id = status.session().id();
        int before = told.getOrDefault(id, LimitKeeper.heard(status));
        told.put(id, all.size());
        for (SolveEntry entry : all.subList(Math.min(before, all.size()), all.size())) {
            boolean asks = entry.fact(ActiveLimit.AT).equals("0")
                    && status.session().options().atLimit() == AtLimit.ASK
                    && status.state() == SolveState.RUNNING;
            if (asks) {
                ask(status, entry);
            } else {
                context.tell()
                        .accept(Notice.offer(
                                        Texts.line(status.session().sample()) + ": " + Texts.line(entry.text()),
                                        "",
                                        new Notice.Remedy("Show", () -> show.accept(id)))
                                .about(subject(id)));
            }
        }
        if (status.state().over()) {
            context.desk().settle(subject(id));
        }
        if (status.state() != SolveState.RUNNING) {
            // Paused or ended elsewhere, which is an answer.
            Optional.ofNullable(asked.remove(id)).ifPresent(context.desk()::withdraw);
        }
    }

    private static String subject(String id) {
        return "solve-limit:" + id;
    }

    private void ask(SolveStatus status, SolveEntry entry) {
        Question question = new Question(
                "The time for " + Texts.line(status.session().sample()) + " is used up. Stop here?",
                Texts.line(entry.text()) + " The clock goes on until you decide; machine, notes and recordings stay.",
                List.of(),
                List.of(
                        Question.Choice.safe("limit-go-on", "Go on solving"),
                        choice("limit-pause", "Pause", answers.pause(), status),
                        choice("limit-quit", "Quit…", answers.quit(), status),
                        choice("limit-submit", "Submit answer…", answers.submit(), status)),
                0);
        asked.put(status.session().id(), question);
        context.desk().ask(question);
    }

    private static Question.Choice choice(String id, String label, Consumer<SolveStatus> what, SolveStatus status) {
        return new Question.Choice(id, label, Question.Tone.QUIET, false, () -> what.accept(status));
    }
}
