package dev.corral.console.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Something that the user is told. Failures and offers stay until they are closed, or until what they tell is on screen or over.
 *
 * @param id       names it
 * @param kind     what sort of news it is
 * @param sentence what happened
 * @param nextStep what the user can do, may be empty
 * @param details  machine text that can be copied, may be empty
 * @param remedies buttons that help
 * @param about    names what it tells of, for {@link MessageCenter#settle} and {@link MessageCenter#onScreen}; may be empty
 */
public record Notice(
        UUID id,
        Kind kind,
        String sentence,
        String nextStep,
        String details,
        List<Remedy> remedies,
        List<String> about) {
    private static final String SANDBOX = "sandbox:";

    /** Sorts of notices. */
    public enum Kind {
        /** Something went wrong. */
        FAILURE,
        /** Good news that may go by itself. */
        NEWS,
        /** Something can be done that nobody has asked for; it has a place of its own and floats over nothing. */
        OFFER
    }

    /**
     * A button on a notice.
     *
     * @param label what it does
     * @param run   does it
     */
    public record Remedy(String label, Runnable run) {}

    /** Good news that may go by itself. */
    public static Notice news(String sentence, Remedy... remedies) {
        return new Notice(UUID.randomUUID(), Kind.NEWS, sentence, "", "", List.of(remedies), List.of());
    }

    /** A failure. */
    public static Notice failure(String sentence, String nextStep, String details, Remedy... remedies) {
        return new Notice(UUID.randomUUID(), Kind.FAILURE, sentence, nextStep, details, List.of(remedies), List.of());
    }

    /** A failure. */
    public static Notice of(Problem problem, Remedy... remedies) {
        return failure(problem.sentence(), problem.nextStep(), problem.details(), remedies);
    }

    /** Something that can be done. */
    public static Notice offer(String sentence, String nextStep, Remedy... remedies) {
        return new Notice(UUID.randomUUID(), Kind.OFFER, sentence, nextStep, "", List.of(remedies), List.of());
    }

    /** Whether something went wrong. */
    public boolean failure() {
        return kind == Kind.FAILURE;
    }

    /** The same, and it goes when one of these is on screen or settled. */
    public Notice about(String... subjects) {
        return new Notice(id, kind, sentence, nextStep, details, remedies, List.of(subjects));
    }

    /** The same with one more button. */
    public Notice with(Remedy remedy) {
        List<Remedy> more = new ArrayList<>(remedies);
        more.addFirst(remedy);
        return new Notice(id, kind, sentence, nextStep, details, List.copyOf(more), about);
    }

    /** Names a sandbox in {@link #about()}: the notice goes with it. */
    public static String sandbox(String id) {
        return SANDBOX + id;
    }

    /** The whole of it as plain text, for the clipboard and the log. */
    public String text() {
        StringBuilder text = new StringBuilder(sentence);
        for (String more : List.of(nextStep, details)) {
            if (!more.isEmpty()) {
                text.append('\n').append(more);
            }
        }
        return text.toString();
    }
}
