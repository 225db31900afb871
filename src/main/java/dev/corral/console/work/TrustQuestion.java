package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.vagrantfile.TrustGiven;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks before an unknown Vagrantfile runs, and before one of which anything that it read has changed. The answer is about the content that
 * was shown with the question: a file that holds another one by then is shown and asked about anew. For the FX thread; files are read
 * elsewhere.
 */
final class TrustQuestion {
    private static final Logger LOG = LoggerFactory.getLogger(TrustQuestion.class);

    private final Threads threads;
    private final MessageCenter desk;
    private final TrustStore trust;
    private final DockPort dock;
    private final Path home;
    private final IdentityHashMap<Question, Asked> open = new IdentityHashMap<>();
    // How what was shown with the question goes out of sight again.
    private Runnable putBack = () -> {};
    private int stored;

    /**
     * A start that may need the question.
     *
     * @param vagrantfile what would run
     * @param title       what to call the start
     * @param tab         what to call the Vagrantfile
     * @param hold        notes that the start is being looked at; false when the same one is already
     * @param release     takes that back
     * @param go          begins; what may run is asked for off the FX thread
     */
    record Start(
            Path vagrantfile,
            String title,
            String tab,
            BooleanSupplier hold,
            Runnable release,
            Consumer<Supplier<Optional<TrustGiven>>> go) {}

    private record Asked(Start start, TrustStore.Content shown) {}

    // Empty reason: it is stored.
    private record Answer(boolean changed, Optional<Throwable> notStored) {}

    /**
     * @param threads where files are read
     * @param desk    where it is asked
     * @param trust   which Vagrantfiles may run
     * @param dock    shows the Vagrantfile
     * @param home    the user's home directory, shortened in paths
     */
    TrustQuestion(Threads threads, MessageCenter desk, TrustStore trust, DockPort dock, Path home) {
        this.threads = threads;
        this.desk = desk;
        this.trust = trust;
        this.dock = dock;
        this.home = home;
        desk.question().addListener((property, before, now) -> {
            putBack();
            answered(before);
            show(now);
        });
    }

    /** Lets a start that is held begin at once when its Vagrantfile is trusted, else after the question; releases it when it shall not. */
    void judge(Start start) {
        judge(start, "");
    }

    private void judge(Start start, String why) {
        int before = stored;
        threads.background(
                "trust-check",
                () -> trust.unknown(start.vagrantfile()),
                unknown -> {
                    if (unknown.isEmpty()) {
                        start.go().accept(() -> trust.given(start.vagrantfile()));
                    } else if (before != stored) {
                        // An answer was stored meanwhile, perhaps the one about this.
                        judge(start, why);
                    } else {
                        ask(new Asked(start, unknown.get()), why);
                    }
                },
                failure -> {
                    start.release().run();
                    desk.tell(Notice.of(Problem.of(failure)));
                });
    }

    private void ask(Asked asked, String why) {
        Path file = asked.start().vagrantfile().toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        String news = Texts.whole(asked.shown().news()) + (asked.shown().news().isEmpty() ? "" : " ");
        Question question = new Question(
                "Run this Vagrantfile for " + Texts.line(asked.start().title()) + "?",
                why + news + Texts.whole(Formats.path(file, home))
                        + " is Ruby that runs on this machine with your rights. Read it below first. Your answer covers the files that it "
                        + "loads, too, which are known once it has run: you are asked again when it or one of them changes."
                        + "\n\nWith its folder trusted, every Vagrantfile in and below "
                        + Texts.whole(Formats.path(folder, home))
                        + " runs without a question from now on.",
                List.of(),
                List.of(
                        Question.Choice.safe("trust-cancel", "Cancel"),
                        new Question.Choice(
                                "trust-folder",
                                "Trust its folder and run",
                                Question.Tone.QUIET,
                                false,
                                () -> store(asked, false, () -> trust.trustFolder(folder), Optional::empty)),
                        new Question.Choice(
                                "trust-run",
                                "Run",
                                Question.Tone.MAIN,
                                false,
                                () -> store(
                                        asked,
                                        true,
                                        () -> trust.trustContent(asked.shown()),
                                        () -> Optional.of(trust.given(asked.shown()))))),
                0);
        open.put(question, asked);
        if (!desk.ask(question)) {
            answered(question);
        }
    }

    private void show(Question question) {
        Asked asked = open.get(question);
        if (asked != null) {
            putBack = dock.showVagrantfile(
                    asked.start().tab(), asked.shown().file(), asked.shown().text());
        }
    }

    // However it goes away: an answer that runs it says so after this.
    private void answered(Question question) {
        Asked asked = open.remove(question);
        if (asked != null) {
            asked.start().release().run();
        }
    }

    private void putBack() {
        Runnable shown = putBack;
        putBack = () -> {};
        shown.run();
    }

    private void store(Asked asked, boolean onlyAsShown, Runnable store, Supplier<Optional<TrustGiven>> may) {
        Start start = asked.start();
        if (!start.hold().getAsBoolean()) {
            return;
        }
        threads.background(
                "trust-store",
                () -> {
                    if (onlyAsShown && !trust.asShown(asked.shown())) {
                        return new Answer(true, Optional.empty());
                    }
                    try {
                        store.run();
                        return new Answer(false, Optional.empty());
                    } catch (RuntimeException e) {
                        return new Answer(false, Optional.of(e));
                    }
                },
                answer -> {
                    if (answer.changed()) {
                        judge(start, "Something of it has changed since it was shown. ");
                        return;
                    }
                    answer.notStored().ifPresent(failure -> desk.tell(Notice.of(Problem.of(failure))));
                    start.go().accept(may);
                    if (answer.notStored().isEmpty()) {
                        stored++;
                        judgeOpen();
                    }
                },
                failure -> {
                    start.release().run();
                    desk.tell(Notice.of(Problem.of(failure)));
                });
    }

    // What has been answered for one start needs no question for another.
    private void judgeOpen() {
        new IdentityHashMap<>(open)
                .forEach((question, waiting) -> threads.background(
                        "trust-check",
                        () -> trust.unknown(waiting.start().vagrantfile()).isEmpty(),
                        trusted -> {
                            if (trusted) {
                                Asked asked = open.remove(question);
                                if (asked != null) {
                                    desk.withdraw(question);
                                    asked.start()
                                            .go()
                                            .accept(() ->
                                                    trust.given(waiting.start().vagrantfile()));
                                }
                            }
                        },
                        // The question stays, and its answer meets the same failure.
                        failure -> LOG.debug("a Vagrantfile that is asked about can't be read", failure)));
    }
}
