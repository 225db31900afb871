package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What a Vagrantfile raised.
 *
 * @param type       the Ruby class
 * @param message    what it says
 * @param file       the user's file where it was raised
 * @param line       the line there
 * @param column     the column there, counted from 1; only for syntax errors
 * @param didYouMean known names that look like the unknown one
 * @param vagrant    what Vagrant itself would say
 * @param backtrace  the frames in the user's files, innermost first
 * @param more       further syntax errors
 */
public record ResolveFailure(
        @JsonProperty("class") String type,
        String message,
        String file,
        Integer line,
        Integer column,
        List<String> didYouMean,
        Optional<String> vagrant,
        List<String> backtrace,
        List<More> more) {

    /** Takes absent parts for empty ones. */
    public ResolveFailure {
        type = Resolution.text(type);
        message = Resolution.text(message);
        didYouMean = Resolution.list(didYouMean);
        vagrant = Resolution.optional(vagrant);
        backtrace = Resolution.list(backtrace);
        more = Resolution.list(more);
    }

    /**
     * A further syntax error.
     *
     * @param file    the file
     * @param line    the line
     * @param message what Ruby says
     */
    public record More(String file, int line, String message) {}

    /** Where it was raised. */
    public Place place() {
        return Place.of(file, line);
    }
}
