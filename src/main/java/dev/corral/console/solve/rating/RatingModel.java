package dev.corral.console.solve.rating;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.core.solve.rubric.Blind;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.Ratings;
import dev.corral.core.solve.rubric.Rubric;
import dev.corral.core.solve.rubric.Standing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Which rating and sample is shown, and what is done about them, one thing at a time. For the FX thread; what blocks runs elsewhere. */
final class RatingModel {
    private static final int SEEDS = 1_000_000_000;
    // Each may hold megabytes.
    private static final int MOST_SHOWN = 8;

    private final Ratings ratings;
    private final Threads threads;
    private final Listener listener;
    private final Map<String, Blind> shown = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();
    private Optional<Runnable> waiting = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private boolean reading;
    private List<RatingView> all = List.of();
    private Optional<String> id = Optional.empty();
    private Optional<String> letter = Optional.empty();
    private Optional<Problem> unreadable = Optional.empty();
    private String busy = "";
    private boolean read;
    private int asked;

    /** Who is told. */
    interface Listener {
        /** Something else is to be shown. */
        void changed();

        /** Something went well that is not seen elsewhere. */
        void news(String sentence);

        /** Something went wrong. */
        void failed(Problem problem);
    }

    RatingModel(Ratings ratings, Threads threads, Listener listener) {
        this.ratings = ratings;
        this.threads = threads;
        this.listener = listener;
    }

    /** All ratings, newest first. */
    List<RatingView> all() {
        return all;
    }

    /** Whether they were read. */
    boolean read() {
        return read;
    }

    /** What is being done; empty if nothing is. */
    String busy() {
        return busy;
    }

    /** The one that is shown: the chosen one, else the newest. */
    Optional<RatingView> rating() {
        return all.stream()
                .filter(view -> id.equals(Optional.of(view.id())))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** The chosen sample. */
    Optional<String> letter() {
        return letter;
    }

    /** The chosen sample as who rates it sees it; empty while it is being read, or can't be. */
    Optional<Blind> blind() {
        return rating().flatMap(view -> letter.map(one -> shown.get(key(view.id(), one))));
    }

    /** Why the chosen sample can't be shown. */
    Optional<Problem> unreadable() {
        return unreadable;
    }

    private static String key(String rating, String letter) {
        return rating + " " + letter;
    }

    /** Reads all anew: another window or the command line may have been at work. */
    void load() {
        int number = ++asked;
        threads.background(
                "ratings",
                () -> ratings.list().stream().map(this::view).toList(),
                views -> {
                    if (number == asked) {
                        take(views);
                    }
                },
                failure -> {
                    if (number == asked) {
                        problem = Optional.of(Problem.of(failure));
                        listener.changed();
                    }
                });
    }

    /** Why the ratings could not be read; what was read before is shown still. */
    Optional<Problem> problem() {
        return problem;
    }

    private void take(List<RatingView> views) {
        all = views;
        read = true;
        problem = Optional.empty();
        Optional<RatingView> view = rating();
        // Another one that is begun elsewhere takes no one's place here.
        id = view.map(RatingView::id);
        boolean there = view.isPresent() && letter.flatMap(view.get()::standing).isPresent();
        if (there && blind().isEmpty() && unreadable.isEmpty()) {
            choose(letter);
        } else if (view.isPresent() && !there) {
            choose(view.get().next("").or(() -> view.get().standings().stream()
                    .map(Standing::letter)
                    .findFirst()));
        } else {
            listener.changed();
        }
    }

    // Who solved what leaves the core only once that was told.
    private RatingView view(Rating rating) {
        return new RatingView(rating, ratings.standings(rating), ratings.history(rating), ratings.told(rating));
    }

    /** Shows another rating. */
    void show(String other) {
        if (!id.equals(Optional.of(other))) {
            id = Optional.of(other);
            letter = Optional.empty();
            take(all);
        }
    }

    /** Shows a sample of it. */
    void choose(Optional<String> other) {
        letter = other;
        unreadable = Optional.empty();
        listener.changed();
        Optional<RatingView> view = rating();
        if (view.isPresent() && other.isPresent() && blind().isEmpty()) {
            read(view.get().rating(), other.get());
        } else {
            ahead();
        }
    }

    // Inspect takes some seconds to read a log; the next sample is there when it is asked for.
    private void ahead() {
        Optional<RatingView> view = rating();
        Optional<String> next = view.flatMap(one -> one.next(letter.orElse("")));
        if (view.isPresent()
                && next.isPresent()
                && !shown.containsKey(key(view.get().id(), next.get()))
                && !failed.contains(key(view.get().id(), next.get()))) {
            read(view.get().rating(), next.get());
        }
    }

    // One at a time, and of those that were asked for meanwhile the last: each is a process of Inspect's that reads a
    // whole log.
    private void read(Rating rating, String one) {
        if (reading) {
            waiting = Optional.of(() -> read(rating, one));
            return;
        }
        reading = true;
        threads.background(
                "rating-sample",
                () -> ratings.show(rating, one),
                blind -> {
                    keep(key(rating.id(), one), blind);
                    over();
                },
                failure -> {
                    // Nobody who does not ask for it tries again.
                    failed.add(key(rating.id(), one));
                    if (letter.equals(Optional.of(one)) && id.equals(Optional.of(rating.id()))) {
                        unreadable = Optional.of(Problem.of(failure));
                    }
                    over();
                });
    }

    private void over() {
        reading = false;
        Optional<Runnable> next = waiting;
        waiting = Optional.empty();
        listener.changed();
        if (next.isPresent()) {
            next.get().run();
        } else if (blind().isPresent()) {
            ahead();
        }
    }

    private void keep(String key, Blind blind) {
        shown.put(key, blind);
        Iterator<String> oldest = shown.keySet().iterator();
        for (int more = shown.size() - MOST_SHOWN; more > 0; more--) {
            oldest.next();
            oldest.remove();
        }
    }

    /**
     * Begins one over these logs.
     *
     * @param wanted whether it is to be shown then
     */
    void begin(Rubric rubric, List<Path> logs, String by, BooleanSupplier wanted) {
        work("Reading the logs", () -> ratings.begin(rubric, logs, new SecureRandom().nextInt(SEEDS), by), made -> {
            // Whoever has turned away meanwhile finds it among the others.
            if (wanted.getAsBoolean()) {
                id = Optional.of(made.id());
                letter = Optional.empty();
            }
        });
    }

    /** Gives points to the chosen sample. */
    void give(String criterion, double points, String reason, String by, Runnable given) {
        if (rating().isPresent() && letter.isPresent()) {
            Rating about = rating().get().rating();
            String one = letter.get();
            work(
                    "Noting the points",
                    () -> ratings.give(about, one, criterion, points, reason, by),
                    made -> given.run());
        }
    }

    /** Writes the points of these samples into the logs. */
    void write(Rating rating, Set<String> letters, String by) {
        work("Writing into the logs", () -> ratings.write(rating, letters, by), written -> {
            listener.news(
                    written.letters().isEmpty()
                            ? "Nothing that is rated is missing in its log."
                            : "Written into the logs: " + String.join(", ", written.letters()) + "."
                                    + (written.metrics()
                                            ? ""
                                            : " The metrics of some are as they were: their scorers' code is not here."));
        });
    }

    /** Tells who solved what. */
    void reveal(Rating rating, String by) {
        work("Asking who solved what", () -> ratings.reveal(rating, true, by), items -> {});
    }

    private <T> void work(String words, Callable<T> what, Consumer<T> done) {
        if (!busy.isEmpty()) {
            return;
        }
        busy = words;
        listener.changed();
        threads.background(
                "rating",
                what,
                result -> {
                    busy = "";
                    done.accept(result);
                    load();
                },
                failure -> {
                    busy = "";
                    listener.failed(Problem.of(failure));
                    // Part of it may have been done.
                    load();
                });
    }
}
