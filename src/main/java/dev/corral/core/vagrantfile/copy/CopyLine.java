package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.InvalidPatternException;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IMatcher;

/** One line of a {@link CopyList}: a pattern as in {@code .gitignore}. Not thread-safe. */
final class CopyLine {
    private static final int SHOWN = 80;
    // Files of Corral's first kind had the globs of Java, which know alternatives in braces.
    private static final Pattern BRACES = Pattern.compile("(?<before>.*?)\\{(?<inner>[^{}]*,[^{}]*)\\}(?<after>.*)");
    private static final int MOST_ALTERNATIVES = 64;
    private static final Pattern SIGNS = Pattern.compile("[*?\\[\\]{}\\\\]");

    private final int number;
    private final String text;
    private final boolean out;
    private final Path start;
    private final boolean literal;
    private final List<FastIgnoreRule> rules = new ArrayList<>();
    private boolean used;

    /**
     * @param number its number in the file, from 1
     * @param text   the line, neither blank nor a comment
     * @throws ExpectedFailure if it is no pattern
     */
    CopyLine(int number, String text) {
        this.number = number;
        this.text = text;
        this.out = text.startsWith("!");
        String pattern = (out ? text.substring(1) : text).strip();
        if (pattern.startsWith("./")) {
            // Git takes it for a name that no file has; here it can only mean what it says.
            pattern = pattern.substring(1);
        }
        for (String one : alternatives(pattern)) {
            check(one);
            rules.add(new FastIgnoreRule(one));
        }
        boolean anchored = pattern.indexOf('/') >= 0 && pattern.indexOf('/') < pattern.length() - 1;
        this.start = anchored ? start(pattern) : Places.ROOT;
        this.literal = anchored && !SIGNS.matcher(pattern).find();
    }

    private void check(String pattern) {
        try {
            IMatcher.createPathMatcher(pattern, false);
        } catch (InvalidPatternException e) {
            throw ExpectedFailure.failed(
                    "Line " + number + " of " + CopyList.NAME + " is no pattern: "
                            + PlainText.line(String.valueOf(e.getMessage()), 2 * SHOWN) + ".",
                    "Correct the line " + shown() + "; its patterns are those of .gitignore.",
                    e);
        }
    }

    // What every path begins with that it matches.
    private static Path start(String pattern) {
        Path start = Places.ROOT;
        for (String part : pattern.split("/", -1)) {
            if (SIGNS.matcher(part).find()) {
                break;
            }
            try {
                start = start.resolve(part);
            } catch (InvalidPathException e) {
                // No file can have that name, so nothing is looked for below it.
                break;
            }
        }
        return start.normalize();
    }

    private static List<String> alternatives(String pattern) {
        List<String> all = new ArrayList<>(List.of(pattern));
        // What has been taken apart stays, since a name may have braces.
        for (int i = 0; i < all.size(); i++) {
            Matcher matcher = BRACES.matcher(all.get(i));
            if (matcher.matches()) {
                for (String inner : matcher.group("inner").split(",", -1)) {
                    if (all.size() < MOST_ALTERNATIVES) {
                        all.add(matcher.group("before") + inner + matcher.group("after"));
                    }
                }
            }
        }
        return all.stream().filter(one -> !one.isEmpty()).toList();
    }

    /** Whether it leaves out what it matches. */
    boolean out() {
        return out;
    }

    /** Whether it can match nothing but {@link #start} and what lies in it. */
    boolean literal() {
        return literal;
    }

    /** The place below which everything lies that it can match. */
    Path start() {
        return start;
    }

    /** Whether it matches the place or a folder above it. */
    boolean matches(Path place, boolean folder) {
        StringBuilder path = new StringBuilder();
        int count = place.getNameCount();
        for (int i = 0; i < count; i++) {
            path.append(i == 0 ? "" : "/").append(place.getName(i));
            if (i + 1 > Places.above(place) && matches(path.toString(), folder || i < count - 1)) {
                used = true;
                return true;
            }
        }
        return false;
    }

    private boolean matches(String path, boolean folder) {
        return !path.isEmpty() && rules.stream().anyMatch(rule -> rule.isMatch(path, folder, true));
    }

    /** Whether it has matched anything up to now. */
    boolean used() {
        return used;
    }

    /** The line as people may see it. */
    String shown() {
        return "\"" + PlainText.line(text, SHOWN) + "\"";
    }

    @Override
    public String toString() {
        return "line " + number + " (" + PlainText.line(text, SHOWN) + ")";
    }
}
