package dev.corral.core.operation.start;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the machine that a Vagrantfile's text marks as primary; Vagrant itself does not tell which one it is. */
public final class PrimaryMachine {
    // define "name", primary: true - also with a symbol, parentheses, and the suffix at the end of the name.
    private static final Pattern MARKED = Pattern.compile(
            "^[^#\\n]*\\.define\\s*\\(?\\s*(?::(\\w+)|[\"']([^\"'#\\n]+)(?:#\\{[^}\\n]*\\})?[\"'])"
                    + "\\s*,[^\\n]*(?:primary:|:primary\\s*=>)\\s*true",
            Pattern.MULTILINE);

    private PrimaryMachine() {}

    /** Its name without a suffix; empty when none is marked, or in a way that only Ruby understands. */
    public static Optional<String> in(String vagrantfile) {
        Matcher matcher = MARKED.matcher(vagrantfile);
        return matcher.find()
                ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                : Optional.empty();
    }
}
