package dev.corral.console.messages;

import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A failure fit to be shown.
 *
 * @param sentence  what happened
 * @param nextStep  what the user can do, may be empty
 * @param details   machine text, may be empty
 * @param bug       whether it is one of ours
 * @param cancelled whether somebody stopped it
 */
public record Problem(String sentence, String nextStep, String details, boolean bug, boolean cancelled) {

    /** Sorts a failure into expected ones, cancellations and bugs. */
    public static Problem of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case ExpectedFailure expected ->
                new Problem(
                        Texts.line(expected.getMessage()),
                        Texts.line(expected.nextStep()),
                        Texts.block(expected.details()),
                        false,
                        false);
            case CancellationException cancelled -> new Problem("It was cancelled.", "", "", false, true);
            default ->
                new Problem(
                        "Corral made a mistake: " + Texts.line(String.valueOf(cause.getMessage())),
                        "Details holds what a report needs.",
                        trace(cause),
                        true,
                        false);
        };
    }

    private static String trace(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out, true));
        return Texts.block(out.toString());
    }
}
