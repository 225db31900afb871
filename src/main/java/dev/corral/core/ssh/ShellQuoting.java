package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns values into words of a POSIX shell. */
public final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ShellQuoting() {}

    /** One word that the shell reads back as exactly this value. A NUL cannot be passed to any program. */
    public static String quote(String value) {
        if (value.indexOf('\0') >= 0) {
            throw ExpectedFailure.usage(
                    "A command, directory or variable holds a NUL character, which no program can receive.",
                    "Remove it, or send such bytes on standard input.");
        }
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** All values as words, with single spaces between. */
    public static String join(Collection<String> values) {
        return values.stream().map(ShellQuoting::quote).collect(Collectors.joining(" "));
    }

    /** The name itself, when a shell can export it. */
    public static String variableName(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw ExpectedFailure.usage(
                    "\"" + name + "\" is not a name that an environment variable can have.",
                    "Use letters, digits and underscores, and no digit first.");
        }
        return name;
    }
}
