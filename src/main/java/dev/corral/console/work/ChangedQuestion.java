package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.code.WhenChanged;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what to do after a verb was refused because its sandbox's code is not what was copied. For the FX thread; files are read elsewhere.
 */
final class ChangedQuestion {
    private static final Logger LOG = LoggerFactory.getLogger(ChangedQuestion.class);
    private static final int SHOWN = 12;

    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;

    ChangedQuestion(Corral corral, Threads threads, MessageCenter desk) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
    }

    /**
     * Asks if the code has changed; otherwise the verb failed for another reason and nothing is asked.
     *
     * @param sandbox the sandbox's id
     * @param title   what to call the verb
     * @param again   begins it again
     */
    void ask(String sandbox, String title, Consumer<WhenChanged> again) {
        threads.background(
                "changed",
                () -> corral.operations().changed(sandbox),
                changed -> {
                    if (!changed.isEmpty()) {
                        desk.ask(question(sandbox, title, changed, again));
                    }
                },
                // The verb has told its own failure.
                failure -> LOG.debug("whether {} has changed can't be told", sandbox, failure));
    }

    private static Question question(String sandbox, String title, List<String> changed, Consumer<WhenChanged> again) {
        return new Question(
                Texts.line(title) + " with changed files?",
                "Vagrant runs these on this machine, and they are not what was copied into sandbox "
                        + Texts.line(sandbox)
                        + ". A guest with a share of the folder can change them. Put back, the changed ones are set aside.",
                changed.stream().limit(SHOWN).map(Texts::line).toList(),
                List.of(
                        Question.Choice.safe("changed-leave", "Leave it"),
                        new Question.Choice(
                                "changed-use",
                                "Run the changed ones",
                                Question.Tone.QUIET,
                                false,
                                () -> again.accept(WhenChanged.USE)),
                        new Question.Choice(
                                "changed-restore",
                                "Put back and go on",
                                Question.Tone.MAIN,
                                false,
                                () -> again.accept(WhenChanged.RESTORE))),
                0);
    }
}
