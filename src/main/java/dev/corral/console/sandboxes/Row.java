package dev.corral.console.sandboxes;

import dev.corral.console.shared.StateStyle;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the tree, ready to be shown; all text in it is clean. Two equal rows look the same.
 *
 * @param key      names the row for as long as it exists; selection and expansion are kept by it
 * @param subject  what it stands for
 * @param prefix   muted word before the title, for instance {@code sample}
 * @param title    its name
 * @param note     muted text after the name
 * @param look     shape and colour of its state
 * @param state    its state in words
 * @param box      box and provider
 * @param address  IP address or port
 * @param since    since when it is up or under way
 * @param changing whether an operation is under way, so that the time is counted in seconds
 * @param disk     bytes on the host, -1 while unknown
 */
public record Row(
        String key,
        Subject subject,
        String prefix,
        String title,
        String note,
        StateStyle look,
        String state,
        String box,
        String address,
        Optional<Instant> since,
        boolean changing,
        long disk) {

    /** What a screen reader says: name, then state. */
    public String spoken() {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {prefix, title, note}) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(part);
            }
        }
        return state.isEmpty() ? text.toString() : text + ", " + state;
    }
}
