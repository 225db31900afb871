package dev.corral.console.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes of whole lines: remarks and indentation. What was selected stays selected. Pure. */
final class LineEdits {
    /** What one step of indentation is. */
    static final String STEP = "  ";

    private static final int TAB = 8;

    private LineEdits() {}

    /** Makes remarks of the selected lines, or code again when all of them are remarks. Empty where the language has none. */
    static Optional<Edit> toggleComment(String text, int anchor, int caret, String sign) {
        if (sign.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = lines(text, anchor, caret);
        List<String> filled = lines.stream().filter(line -> !line.isBlank()).toList();
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        boolean remarks = filled.stream().allMatch(line -> line.stripLeading().startsWith(sign));
        int column = filled.stream().mapToInt(LineEdits::leading).min().orElse(0);
        return Optional.of(change(text, anchor, caret, line -> {
            if (line.isBlank()) {
                return line;
            }
            if (!remarks) {
                return line.substring(0, column) + sign + " " + line.substring(column);
            }
            int at = line.indexOf(sign);
            int after = at + sign.length();
            return line.substring(0, at) + line.substring(line.startsWith(" ", after) ? after + 1 : after);
        }));
    }

    /** Indents the selected lines by one step; empty ones stay empty. */
    static Edit indent(String text, int anchor, int caret) {
        return change(
                text, anchor, caret, line -> line.isEmpty() ? line : (line.startsWith("\t") ? "\t" : STEP) + line);
    }

    /** Takes one step of indentation back. */
    static Edit outdent(String text, int anchor, int caret) {
        return change(text, anchor, caret, LineEdits::outdented);
    }

    /** A line with one step less. */
    static String outdented(String line) {
        if (line.startsWith("\t")) {
            return line.substring(1);
        }
        int spaces = 0;
        while (spaces < STEP.length() && spaces < line.length() && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return line.substring(spaces);
    }

    /** How far Tab goes at a column when nothing is selected. */
    static String tab(String lineBefore) {
        if (!lineBefore.isEmpty() && lineBefore.isBlank() && lineBefore.charAt(lineBefore.length() - 1) == '\t') {
            return "\t";
        }
        int columns = 0;
        for (int i = 0; i < lineBefore.length(); i++) {
            columns += lineBefore.charAt(i) == '\t' ? TAB - columns % TAB : 1;
        }
        return STEP.substring(columns % STEP.length());
    }

    private static int leading(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static int start(String text, int anchor, int caret) {
        return text.lastIndexOf('\n', Math.min(anchor, caret) - 1) + 1;
    }

    // A selection that ends where a line begins does not mean that line.
    private static int end(String text, int anchor, int caret) {
        int last = Math.max(anchor, caret);
        if (last > Math.min(anchor, caret) && last > 0 && text.charAt(last - 1) == '\n') {
            return last - 1;
        }
        int end = text.indexOf('\n', last);
        return end < 0 ? text.length() : end;
    }

    private static List<String> lines(String text, int anchor, int caret) {
        return List.of(text.substring(start(text, anchor, caret), end(text, anchor, caret))
                .split("\n", -1));
    }

    private static Edit change(String text, int anchor, int caret, UnaryOperator<String> change) {
        int start = start(text, anchor, caret);
        int end = end(text, anchor, caret);
        List<String> before = lines(text, anchor, caret);
        List<String> after = new ArrayList<>();
        before.forEach(line -> after.add(change.apply(line)));
        String now = String.join("\n", after);
        if (anchor == caret) {
            int place = Math.max(start, caret + now.length() - (end - start));
            return new Edit(start, end, now, place, place);
        }
        int last = Math.max(anchor, caret) > end ? start + now.length() + 1 : start + now.length();
        return anchor < caret
                ? new Edit(start, end, now, start, Math.min(last, text.length() + now.length()))
                : new Edit(start, end, now, last, start);
    }
}
