package dev.corral.console.solve.attempts;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.attempts.AttemptReader;
import dev.corral.core.solve.attempts.Attempts;
import dev.corral.core.solve.attempts.AttemptsCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Which attempts are shown, and what was read of them. For the FX thread; what blocks runs elsewhere. */
final class AttemptsModel {
    private final AttemptReader reader;
    private final Threads threads;
    private final Runnable changed;
    private Optional<AttemptSubject> subject = Optional.empty();
    private Optional<Path> folder = Optional.empty();
    private List<Path> folders = List.of();
    private Optional<AttemptReader.Found> found = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private List<String> trouble = List.of();
    private AttemptsView view = AttemptsView.empty();
    private boolean whole;
    private int asked;
    private int answered;

    /** @param changed called when something else is to be shown */
    AttemptsModel(AttemptReader reader, Threads threads, Runnable changed) {
        this.reader = reader;
        this.threads = threads;
        this.changed = changed;
    }

    private record Read(AttemptReader.Found found, List<Path> folders, List<String> trouble) {}

    /** Whose attempts are shown; empty before anybody asked. */
    Optional<AttemptSubject> subject() {
        return subject;
    }

    /** Whether something is being read. */
    boolean loading() {
        return answered < asked;
    }

    /** Whether something was read of this subject. */
    boolean read() {
        return found.isPresent();
    }

    /** Why nothing could be read. */
    Optional<Problem> problem() {
        return problem;
    }

    /** The folders whose logs were read. */
    List<Path> folders() {
        return folders;
    }

    /** Whether the whole task is shown. */
    boolean whole() {
        return whole;
    }

    /** What is shown. */
    AttemptsView view() {
        return view;
    }

    /** Shows the attempts at a sample; reads them anew. */
    void show(AttemptSubject other) {
        if (!subject.equals(Optional.of(other))) {
            boolean sameTask = subject.map(AttemptSubject::task).equals(Optional.of(other.task()))
                    && subject.flatMap(AttemptSubject::taskFile).equals(other.taskFile());
            subject = Optional.of(other);
            if (!sameTask) {
                found = Optional.empty();
                folder = Optional.empty();
                folders = List.of();
            }
        }
        load();
    }

    /** Shows those at all samples of the task, or at the sample only. */
    void whole(boolean wanted) {
        if (whole != wanted) {
            whole = wanted;
            make();
            changed.run();
        }
    }

    /** Reads the logs of this folder instead of those beside the task file. */
    void from(Path other) {
        folder = Optional.of(other);
        load();
    }

    /** Reads everything anew. */
    void load() {
        if (subject.isEmpty()) {
            return;
        }
        int number = ++asked;
        AttemptSubject about = subject.get();
        Optional<Path> named = folder;
        changed.run();
        threads.background(
                "solve-attempts",
                () -> read(about, named),
                read -> {
                    if (number == asked) {
                        found = Optional.of(read.found());
                        folders = read.folders();
                        trouble = read.trouble();
                        problem = Optional.empty();
                        over(number);
                    }
                },
                failure -> {
                    if (number == asked) {
                        problem = Optional.of(Problem.of(failure));
                        over(number);
                    }
                });
    }

    private void over(int number) {
        answered = number;
        make();
        changed.run();
    }

    private void make() {
        view = found.map(those ->
                        AttemptsView.of(those, whole ? Optional.empty() : subject.map(AttemptSubject::sample), trouble))
                .orElseGet(AttemptsView::empty);
    }

    private Read read(AttemptSubject about, Optional<Path> named) {
        List<Path> those = named.map(List::of).orElseGet(() -> reader.usualFolders(about.taskFile()));
        // A person's sessions are shown whichever folder the logs of models are in.
        Attempts.Wanted wanted = new Attempts.Wanted(about.taskFile(), Optional.of(about.task()), false);
        try {
            return new Read(reader.read(those, wanted), those, List.of());
        } catch (ExpectedFailure e) {
            // The sessions are there without Inspect and without the folder.
            return new Read(
                    reader.read(List.of(), wanted),
                    those,
                    List.of("No log is read: " + e.getMessage() + " " + e.nextStep()));
        }
    }

    /** The name of a file for what is shown. */
    String fileName() {
        return subject.map(about ->
                        (about.task() + (whole ? "" : "-" + about.sample())).replaceAll("[^A-Za-z0-9._-]+", "-")
                                + "-attempts.csv")
                .orElse("attempts.csv");
    }

    /** Writes what is shown into a file, which is replaced if it is there. */
    void save(Path file, Consumer<Path> done, Consumer<Throwable> failed) {
        String csv =
                AttemptsCsv.of(view.rows().stream().map(AttemptRow::attempt).toList());
        threads.background(
                "solve-attempts-csv",
                () -> {
                    try {
                        return Files.writeString(file, csv, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw ExpectedFailure.failed(
                                "The attempts can't be written to " + file + ".",
                                "See that the folder is there and can be written to.",
                                e);
                    }
                },
                done,
                failed);
    }

    /** The logs that were read, for those who want to know how many. */
    int logs() {
        return found.map(AttemptReader.Found::logs).orElse(List.<LogRow>of()).size();
    }

    /** What could not be read, a line each. */
    List<String> trouble() {
        return new ArrayList<>(view.trouble());
    }
}
