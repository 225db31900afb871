package dev.corral.core.vagrantfile.complete;

import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the caret in its statement, which may have begun some lines above.
 *
 * @param before   the statement's text up to the caret, on one line
 * @param line     the caret's line, counted from 1
 * @param column   its column, counted from 1
 * @param comment  whether it is in a comment
 */
record Caret(String before, int line, int column, boolean comment) {
    private static final int LINES_ABOVE = 20;
    private static final int LONGEST = 4_000;
    private static final Pattern CHAIN = Pattern.compile("(?<![\\w.@$:\"'])([a-z_]\\w*)((?:\\.[a-z_]\\w*)+)");

    static Caret of(String text, int line, int column) {
        List<String> lines = text.lines().toList();
        String own = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
        int end = Math.max(0, Math.min(column - 1, own.length()));
        String before = own.substring(Math.max(0, end - LONGEST), end);
        int first = line - 1;
        StringBuilder whole = new StringBuilder(before);
        while (first >= 1
                && first <= lines.size()
                && line - first < LINES_ABOVE
                && whole.length() < LONGEST
                && lines.get(first - 1).stripTrailing().endsWith(",")) {
            whole.insert(0, lines.get(first - 1).stripTrailing() + " ");
            first--;
        }
        return new Caret(whole.toString(), line, column, comment(before));
    }

    private static boolean comment(String text) {
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (quote != 0) {
                if (one == '\\') {
                    at++;
                } else if (one == quote) {
                    quote = 0;
                }
            } else if (one == '"' || one == '\'') {
                quote = one;
            } else if (one == '#') {
                return true;
            }
        }
        return false;
    }

    /** Matches the end of what stands before the caret. */
    Matcher ends(Pattern pattern) {
        return pattern.matcher(before);
    }

    /** The column where a text of that length before the caret begins. */
    int from(String written) {
        return Math.max(1, column - written.length());
    }

    /** The path of the setting that is called or assigned to in this statement; empty if there is none. */
    Optional<String> path(ParsedRuby parsed) {
        Matcher chain = CHAIN.matcher(before);
        while (chain.find()) {
            Optional<String> path = path(chain.group(1), chain.group(2), parsed);
            if (path.isPresent()) {
                return path;
            }
        }
        return Optional.empty();
    }

    /** The path that a name and what is called on it stand for. */
    Optional<String> path(String name, String calls, ParsedRuby parsed) {
        String rest = calls.startsWith(".") ? calls.substring(1) : calls;
        return parsed.meaning(name, line)
                // A file that says nothing yet; everybody calls it so.
                .or(() -> Optional.of("").filter(it -> name.equals("config")))
                .map(meaning -> meaning.isEmpty() || rest.isEmpty() ? meaning + rest : meaning + "." + rest);
    }
}
