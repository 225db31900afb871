package dev.corral.core.solve.golden;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a usual prompt tells.
 *
 * @param user      whose shell it is
 * @param host      on which machine
 * @param directory where; empty if that is the home, or only the last part of a path
 */
record Prompt(String user, String host, Optional<String> directory) {
    private static final Pattern USUAL = Pattern.compile(
            "(?:\\([^()]*\\) )?\\[?([\\w.-]+)@([\\w.-]+)(?::([^$#]*)| ([^\\]]*)\\])[$#]", Pattern.DOTALL);

    /** Reads it; empty if it names nobody. */
    static Optional<Prompt> of(String prompt) {
        Matcher found = USUAL.matcher(prompt.strip());
        return found.matches()
                ? Optional.of(new Prompt(
                        found.group(1),
                        found.group(2),
                        Optional.ofNullable(found.group(3)).filter(path -> path.startsWith("/"))))
                : Optional.empty();
    }
}
