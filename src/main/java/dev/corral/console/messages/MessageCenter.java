package dev.corral.console.messages;

import dev.corral.core.inventory.Inventory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is on the user's desk: work under way, notices and open questions, one shown at a time. For the FX thread. */
public final class MessageCenter {
    private static final Logger LOG = Logger.getLogger(MessageCenter.class.getName());
    private static final int ENDINGS_KEPT = 30;
    /** How many notices are kept; older ones are in the log. */
    static final int NOTICES_KEPT = 20;

    private final ObservableList<Activity> activities = FXCollections.observableArrayList();
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Question> question = new ReadOnlyObjectWrapper<>();
    private final Deque<Question> waiting = new ArrayDeque<>();
    private Set<String> onScreen = Set.of();
    private Set<String> sandboxes = Set.of();

    /** Work under way and recent endings, newest first. */
    public ObservableList<Activity> activities() {
        return activities;
    }

    /** Notices that are shown, oldest first. */
    public ObservableList<Notice> notices() {
        return notices;
    }

    /** The question that is shown, or null. It stays until it is answered or its subject has gone. */
    public ReadOnlyObjectProperty<Question> question() {
        return question.getReadOnlyProperty();
    }

    /** How many questions wait for the one that is shown. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Asks now or, while another question is open, after it.
     *
     * @return false when the same is asked already, and this one never will be
     */
    public boolean ask(Question asked) {
        if (question.get() == null) {
            question.set(asked);
            return true;
        }
        return Stream.concat(Stream.of(question.get()), waiting.stream()).noneMatch(asked::same) && waiting.add(asked);
    }

    /** Gives the question that is shown its answer; any other has been answered already, and nothing happens. */
    @SuppressWarnings("ReferenceEquality") // The same question may be asked twice.
    public void answer(Question answered, Question.Choice choice) {
        if (question.get() != answered) {
            return;
        }
        if (!choice.keepOpen()) {
            question.set(waiting.poll());
        }
        choice.run().run();
    }

    /** Takes a question away that needs no answer any more, whether it is shown or waits; does nothing when it is neither. */
    @SuppressWarnings("ReferenceEquality") // The same question may be asked twice.
    public void withdraw(Question asked) {
        waiting.removeIf(each -> each == asked);
        if (question.get() == asked) {
            question.set(waiting.poll());
        }
    }

    /** Adds work that has begun, of which nothing is known yet. */
    public void begin(Activity activity) {
        activities.addFirst(activity);
        while (activities.size() > ENDINGS_KEPT && activities.getLast().status() != Activity.Status.RUNNING) {
            activities.removeLast();
        }
    }

    /** Replaces work by its newer form; does nothing when that is the same or it is unknown. */
    public void update(String id, UnaryOperator<Activity> change) {
        for (int i = 0; i < activities.size(); i++) {
            Activity old = activities.get(i);
            if (old.id().equals(id)) {
                Activity changed = change.apply(old);
                if (!changed.equals(old)) {
                    activities.set(i, changed);
                }
                return;
            }
        }
    }

    /** Notes how a piece of work ended. */
    public void end(String id, Activity.Status status, String sentence, String nextStep) {
        update(id, activity -> activity.ended(status, Instant.now(), sentence, nextStep));
    }

    /** Takes a piece of work off the list that another one stands for now. */
    public void forget(String id) {
        activities.removeIf(activity -> activity.id().equals(id));
    }

    /** Whether this piece of work is under way. */
    public boolean running(String id) {
        return activities.stream()
                .anyMatch(activity -> activity.id().equals(id) && activity.status() == Activity.Status.RUNNING);
    }

    /** How many pieces of work are under way. */
    public long runningCount() {
        return activities.stream()
                .filter(activity -> activity.status() == Activity.Status.RUNNING)
                .count();
    }

    /** The work under way on a sandbox by this window. */
    public Optional<Activity> runningOn(String sandbox) {
        return activities.stream()
                .filter(activity -> activity.status() == Activity.Status.RUNNING
                        && activity.sandbox().equals(sandbox))
                .findFirst();
    }

    /**
     * Tells the user something, and the log. The same is not shown twice at once, and nothing that is on screen is told again; of
     * many the newest stay.
     */
    public void tell(Notice notice) {
        LOG.log(notice.failure() ? Level.WARNING : Level.FINE, notice::text);
        notices.removeIf(shown ->
                shown.sentence().equals(notice.sentence()) && shown.about().equals(notice.about()));
        if (notice.about().stream().anyMatch(onScreen::contains)) {
            return;
        }
        notices.add(notice);
        if (notices.size() > NOTICES_KEPT) {
            notices.remove(0, notices.size() - NOTICES_KEPT);
        }
    }

    /** Takes away what was told about this, since it is over or under way again. */
    public void settle(String about) {
        notices.removeIf(notice -> notice.about().contains(about));
    }

    /** Says of what the user sees everything now: notices about it go, and new ones are not shown. */
    public void onScreen(Set<String> seen) {
        onScreen = Set.copyOf(seen);
        notices.removeIf(notice -> notice.about().stream().anyMatch(onScreen::contains));
    }

    /** Takes note of a new inventory: what was asked or told about something that has gone meanwhile goes too. */
    public void inventoryChanged(Inventory inventory) {
        Set<String> now = Stream.concat(inventory.sandboxes().stream(), inventory.ended().stream())
                .map(view -> Notice.sandbox(view.id()))
                .collect(Collectors.toSet());
        // One that was never seen may only be too new.
        Set<String> gone = new HashSet<>(sandboxes);
        gone.removeAll(now);
        sandboxes = now;
        notices.removeIf(notice -> notice.about().stream().anyMatch(gone::contains));
        waiting.removeIf(asked -> !asked.there().test(inventory));
        if (question.get() != null && !question.get().there().test(inventory)) {
            question.set(waiting.poll());
        }
    }
}
