package dev.corral.console.solve.after;

import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.Interval;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks once about each long stretch without a key whether it was work: a clock that somebody forgot counts nothing silently. */
public final class IdleNews {
    /** From then on it is asked about. */
    static final Duration LONG = Duration.ofMinutes(20);

    private final MessageCenter desk;
    private final Decision decision;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Question> open = new HashMap<>();

    /** Hears what a person decides. */
    public interface Decision {
        /** A stretch of a session counts or does not, for this reason. */
        void decide(String session, String interval, boolean counts, String reason);
    }

    /** Asks there. */
    public IdleNews(MessageCenter desk, Decision decision) {
        this.desk = desk;
        this.decision = decision;
    }

    /** Looks at a session. */
    public void look(SolveStatus status) {
        for (Interval each : status.clock().intervals()) {
            String key = status.session().id() + " " + each.id();
            boolean due = each.kind() == Interval.Kind.IDLE
                    && each.reason().isEmpty()
                    && each.length().compareTo(LONG) >= 0
                    && !status.state().over();
            if (due && told.add(key)) {
                Question question = question(status, each, key);
                open.put(key, question);
                desk.ask(question);
            } else if (!due) {
                // Decided elsewhere, or too late.
                Optional.ofNullable(open.remove(key)).ifPresent(desk::withdraw);
            }
        }
    }

    private Question question(SolveStatus status, Interval each, String key) {
        return new Question(
                "No key for " + Formats.coarse(each.length()) + " in "
                        + Texts.line(status.session().sample()) + ": was that work?",
                "It counts until you strike it out; the clock's line shows it, with what you decide, and the log will.",
                List.of(),
                List.of(
                        Question.Choice.safe("idle-later", "Decide later"),
                        new Question.Choice(
                                "idle-strike",
                                "Strike it out",
                                Question.Tone.QUIET,
                                false,
                                () -> decide(status, each, key, false, "No work, as the person said when asked.")),
                        new Question.Choice(
                                "idle-work",
                                "It was work",
                                Question.Tone.QUIET,
                                false,
                                () -> decide(status, each, key, true, "Work, as the person said when asked."))),
                0);
    }

    private void decide(SolveStatus status, Interval each, String key, boolean counts, String reason) {
        open.remove(key);
        decision.decide(status.session().id(), each.id(), counts, reason);
    }
}
