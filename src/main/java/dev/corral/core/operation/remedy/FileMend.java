package dev.corral.core.operation.remedy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of a file that mends a failure. The text is the file's bytes, each one character, so that whatever else is in it stays as it
 * is.
 *
 * @param file   the file
 * @param words  what is done, for people
 * @param change the new text; empty where there is nothing to change
 */
public record FileMend(Path file, String words, Function<String, Optional<String>> change) {
    /** A call may go on over so many lines. */
    private static final int MOST_LINES = 8;

    /** Gives a script the line ends that a Unix shell wants. */
    public static FileMend unixLineEnds(Path file) {
        return new FileMend(file, "Unix line ends", text -> Optional.of(text.replace("\r\n", "\n"))
                .filter(mended -> !mended.equals(text)));
    }

    /**
     * Forwards another port of this computer.
     *
     * @param line where the Vagrantfile forwards it, from 1
     * @param from the port that is taken
     * @param to   the one to have instead
     */
    public static FileMend otherPort(Path file, int line, int from, int to) {
        return new FileMend(file, "port " + to + " instead of " + from, text -> otherPort(text, line, from, to));
    }

    private static Optional<String> otherPort(String text, int line, int from, int to) {
        int begin = 0;
        for (int passed = 1; passed < line; passed++) {
            begin = text.indexOf('\n', begin) + 1;
            if (begin == 0) {
                return Optional.empty();
            }
        }
        int end = begin;
        for (int more = 0; more < MOST_LINES && end < text.length(); more++) {
            int next = text.indexOf('\n', end);
            end = next < 0 ? text.length() : next + 1;
        }
        // host_ip is another setting, and a number that goes on another port.
        Matcher matcher = Pattern.compile(
                        "((?:(?<!\\w)host:|:host\\s*=>|[\"']host[\"']\\s*=>)\\s*[\"']?)" + from + "(?![\\w.])")
                .matcher(text)
                .region(begin, end);
        return matcher.find()
                ? Optional.of(
                        text.substring(0, matcher.start()) + matcher.group(1) + to + text.substring(matcher.end()))
                : Optional.empty();
    }
}
