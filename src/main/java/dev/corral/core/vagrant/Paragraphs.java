package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import java.util.List;
import java.util.stream.Stream;

/** Makes a sentence of what Vagrant wraps over several lines. */
final class Paragraphs {
    private static final int LONGEST = 400;

    private Paragraphs() {}

    /** The first paragraph on one line, with the one that its colon announces; ended, and whole sentences only where it is long. */
    static String sentence(String text) {
        List<String> paragraphs = Stream.of(text.strip().split("\\n\\s*\\n"))
                .map(part -> PlainText.line(part, Integer.MAX_VALUE))
                .filter(part -> !part.isEmpty())
                .toList();
        if (paragraphs.isEmpty()) {
            return "";
        }
        String first = paragraphs.getFirst();
        String whole =
                shortened(first.endsWith(":") && paragraphs.size() > 1 ? first + " " + paragraphs.get(1) : first);
        return whole.matches(".*[.:!?…]") ? whole : whole + ".";
    }

    /** The text as long as a message may be: cut behind a sentence, or else with an ellipsis. */
    static String shortened(String text) {
        String line = PlainText.line(text, Integer.MAX_VALUE);
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = line.lastIndexOf(". ", LONGEST);
        return end > LONGEST / 3 ? line.substring(0, end + 1) : PlainText.line(line, LONGEST);
    }
}
