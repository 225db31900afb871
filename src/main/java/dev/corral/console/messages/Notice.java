package dev.corral.console.messages;

import java.util.List;
import java.util.UUID;

/**
 * Something that the user is told. Failures stay until they are closed.
 *
 * @param id       names it
 * @param failure  whether something went wrong
 * @param sentence what happened
 * @param nextStep what the user can do, may be empty
 * @param details  machine text that can be copied, may be empty
 * @param remedies buttons that help
 */
public record Notice(
        UUID id, boolean failure, String sentence, String nextStep, String details, List<Remedy> remedies) {

    /**
     * A button on a notice.
     *
     * @param label what it does
     * @param run   does it
     */
    public record Remedy(String label, Runnable run) {}

    /** Good news that may go by itself. */
    public static Notice news(String sentence) {
        return new Notice(UUID.randomUUID(), false, sentence, "", "", List.of());
    }

    /** A failure. */
    public static Notice failure(String sentence, String nextStep, String details, Remedy... remedies) {
        return new Notice(UUID.randomUUID(), true, sentence, nextStep, details, List.of(remedies));
    }

    /** A failure. */
    public static Notice of(Problem problem, Remedy... remedies) {
        return failure(problem.sentence(), problem.nextStep(), problem.details(), remedies);
    }
}
