package dev.corral.console.messages;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is on the user's desk: work under way, notices and an open question. For the FX thread. */
public final class MessageCenter {
    private static final int ENDINGS_KEPT = 30;

    private final ObservableList<Activity> activities = FXCollections.observableArrayList();
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ObjectProperty<Question> question = new SimpleObjectProperty<>();

    /** Work under way and recent endings, newest first. */
    public ObservableList<Activity> activities() {
        return activities;
    }

    /** Notices that are shown, oldest first. */
    public ObservableList<Notice> notices() {
        return notices;
    }

    /** The open question, or null. */
    public ObjectProperty<Question> question() {
        return question;
    }

    /** Adds work that has begun. */
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

    /** Tells the user something; the same sentence is not shown twice at once. */
    public void tell(Notice notice) {
        notices.removeIf(shown -> shown.sentence().equals(notice.sentence()));
        notices.add(notice);
    }
}
