package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageWork;
import dev.corral.console.page.PaneHost;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.solve.attempts.AttemptAction;
import dev.corral.console.solve.attempts.AttemptSubject;
import dev.corral.console.solve.attempts.AttemptsPane;
import dev.corral.console.solve.batch.BatchAction;
import dev.corral.console.solve.batch.BatchPane;
import dev.corral.console.solve.golden.GoldenAction;
import dev.corral.console.solve.golden.GoldenPane;
import dev.corral.console.solve.rating.RatingAction;
import dev.corral.console.solve.rating.RatingPane;
import dev.corral.core.inspect.log.LogPlace;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.attempts.AttemptReader;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.EntryKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;

/** What the page can show instead of a session: attempts side by side, a golden run, batches. For the FX thread. */
final class SolveSides {
    private final PageContext context;
    private final Host host;
    private final AttemptReader usual;
    private final AttemptsPane attempts;
    private final GoldenPane golden;
    private final BatchPane batch;
    private final RatingPane rating;

    /** The page, as far as these need it. */
    interface Host extends PaneHost {
        /** The chosen session. */
        Optional<SolveStatus> chosen();

        /** The sample that is about to be solved. */
        Optional<Reveal.Sample> begins();

        /** The person waits for this session: its terminal opens by itself. */
        void awaited(String id);

        /** Shows one of these. */
        void show(Node side);

        /** Whether one of these is shown. */
        boolean shows(Node side);
    }

    SolveSides(PageContext context, Threads threads, Solving solving, FileChoice files, Host host) {
        this.context = context;
        this.host = host;
        usual = new AttemptReader(context.corral().environment(), solving);
        attempts = new AttemptsPane(context, threads, usual, files, host);
        golden = new GoldenPane(context, threads, solving, files, host);
        batch = new BatchPane(
                context,
                threads,
                new Batches(context.corral().environment(), solving),
                files,
                host,
                host::awaited,
                () -> show(batch()));
        rating = new RatingPane(context, threads, files, host, this::logs);
    }

    private Optional<Path> logs() {
        return host.chosen()
                .flatMap(status -> LogPlace.file(status.story().log()))
                .map(log -> log.toAbsolutePath().getParent())
                .filter(Files::isDirectory)
                .or(() -> subject().flatMap(about -> usual.usualFolders(about.taskFile()).stream()
                        .findFirst()));
    }

    private BatchPane batch() {
        return batch;
    }

    /** Says what the commands do, and begins to look at batches. */
    void begin() {
        Actions actions = context.actions();
        actions.handle(AttemptAction.SHOW, () -> subject().ifPresent(this::showAttempts));
        actions.handle(
                GoldenAction.SAVE, () -> host.chosen().filter(golden::save).ifPresent(saved -> show(golden)));
        actions.handle(GoldenAction.CHECK, () -> {
            if (golden.choose()) {
                show(golden);
            }
        });
        actions.handle(BatchAction.SHOW, () -> show(batch));
        actions.handle(BatchAction.NEW, this::newBatch);
        actions.handle(RatingAction.SHOW, () -> {
            rating.open();
            show(rating);
        });
        actions.handle(RatingAction.NEW, () -> {
            rating.open();
            rating.choose();
            show(rating);
        });
        batch.start();
    }

    /** Buttons that lead to them. */
    List<Button> ways() {
        List<Button> ways = new ArrayList<>();
        for (Command command : List.of(AttemptAction.SHOW, BatchAction.SHOW, GoldenAction.CHECK, RatingAction.SHOW)) {
            Button button = context.actions().button(command, "quiet-button");
            if (command == GoldenAction.CHECK) {
                // There is not room for more.
                button.textProperty().unbind();
                button.setText("Golden run…");
            }
            button.setMaxWidth(Double.MAX_VALUE);
            button.setMinWidth(0);
            button.getStyleClass().add("solve-way");
            ways.add(button);
        }
        return ways;
    }

    private void show(Node side) {
        host.show(side);
        focus(side).requestFocus();
    }

    /** What gets the focus of the one that is shown. */
    Node focus(Node side) {
        if (side == rating) {
            return rating.focus();
        }
        return side == attempts ? attempts.focus() : side == golden ? golden.focus() : batch.focus();
    }

    private Optional<AttemptSubject> subject() {
        return host.begins()
                .map(sample -> new AttemptSubject(
                        Optional.of(sample.taskFile().toAbsolutePath().normalize()), sample.task(), sample.sample()))
                .or(() -> host.chosen()
                        .map(SolveStatus::session)
                        .map(session -> new AttemptSubject(
                                Optional.of(session.taskFile())
                                        .filter(file -> !file.isEmpty())
                                        .map(Path::of),
                                session.task(),
                                session.sample())));
    }

    private void showAttempts(AttemptSubject subject) {
        attempts.open(subject);
        show(attempts);
    }

    private void newBatch() {
        Optional<AttemptSubject> about = subject().filter(one -> one.taskFile().isPresent());
        if (about.isPresent()) {
            batch.choose(about.get().taskFile().get(), Optional.of(about.get().task()), Set.of());
            show(batch);
        } else {
            batch.choose(Set.of());
        }
    }

    /** Offers the samples of an eval to be solved one after another. */
    void several(Reveal.Samples samples) {
        batch.choose(samples.taskFile().toAbsolutePath().normalize(), Optional.of(samples.task()), Set.of());
        show(batch);
    }

    /** Whether a session waits ahead of the person, so that nothing may be opened in it. */
    boolean ahead(String session) {
        return batch.ahead(session);
    }

    /** Why commands make no sense now. */
    Map<Command, String> obstacles() {
        Map<Command, String> obstacles = new HashMap<>();
        if (subject().isEmpty()) {
            obstacles.put(AttemptAction.SHOW, "Choose a session or a sample first");
        }
        if (!host.shows(attempts)) {
            obstacles.put(AttemptAction.SAVE, "Show the attempts first");
            obstacles.put(AttemptAction.FOLDER, "Show the attempts first");
        } else {
            attempts.nothingToSave().ifPresent(why -> obstacles.put(AttemptAction.SAVE, why));
        }
        notSolved().ifPresent(why -> obstacles.put(GoldenAction.SAVE, why));
        if (host.shows(batch)) {
            obstacles.putAll(batch.obstacles());
        } else {
            for (BatchAction action :
                    List.of(BatchAction.SKIP, BatchAction.STOP, BatchAction.STOP_NOW, BatchAction.RESUME)) {
                obstacles.put(action, "Show the batches first");
            }
        }
        Map<Command, String> rated = rating.obstacles();
        if (!host.shows(rating)) {
            rated.put(RatingAction.WRITE, "Show the ratings first");
            rated.put(RatingAction.REVEAL, "Show the ratings first");
        }
        obstacles.putAll(rated);
        return obstacles;
    }

    private Optional<String> notSolved() {
        if (golden.busy()) {
            return Optional.of("A golden run is being checked");
        }
        Optional<SolveStatus> chosen = host.chosen();
        if (chosen.isEmpty()) {
            return Optional.of("Choose a session first");
        }
        SolveStatus status = chosen.get();
        if (!status.session().purpose().isEmpty()) {
            return Optional.of("It is the check of a golden run");
        }
        if (status.session().taskFile().isEmpty()) {
            return Optional.of("Its task file is not known, so nothing could be replayed");
        }
        boolean solved =
                status.state() == SolveState.ENDED && status.story().given().equals(Optional.of(EntryKind.SUBMIT));
        return solved ? Optional.empty() : Optional.of("Only a session that was solved can be replayed");
    }

    /** What closing the window would leave half made. */
    List<PageWork> underWay() {
        List<PageWork> work = new ArrayList<>();
        if (golden.busy()) {
            work.add(new PageWork(golden.underWay(), golden::cancel));
        }
        batch.underWay().forEach(title -> work.add(new PageWork(title, batch::letGo)));
        return work;
    }

    void close() {
        golden.close();
        batch.close();
    }
}
