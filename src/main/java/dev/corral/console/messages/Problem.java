package dev.corral.console.messages;

import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.LogFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

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
                        Texts.whole(expected.getMessage()),
                        Texts.whole(expected.nextStep()),
                        Texts.block(expected.details()),
                        false,
                        false);
            case CancellationException cancelled -> new Problem("It was cancelled.", "", "", false, true);
            default -> bug(cause);
        };
    }

    private static Problem bug(Throwable cause) {
        LOG.error("the window met a bug", cause);
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Problem(
                "This is a bug in Corral: " + Texts.whole(what),
                "Details holds what a report needs"
                        + LogFile.written()
                                .map(file -> "; what led to it is in " + file)
                                .orElse("") + ".",
                trace(cause),
                true,
                false);
    }

    private static String trace(Throwable failure) {
        StringWriter out = new StringWriter();
        failure.printStackTrace(new PrintWriter(out, true));
        return Texts.block(out.toString());
    }
}
