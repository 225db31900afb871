package dev.corral.console.editor.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which lines belong together, by how far they are indented: that is true of every language here while it is being typed, too. Pure. */
public final class Shape {
    private static final List<String> CLOSERS = List.of("end", "}", "]", ")", "fi", "done", "esac", ";;");

    private Shape() {}

    /**
     * Lines that can be put away under the first of them.
     *
     * @param first the line that stays, from 0
     * @param last  the last line that goes
     */
    public record Fold(int first, int last) {}

    /** All folds of a text, by their first lines; of those that begin on one line the one that there is. */
    public static List<Fold> folds(List<String> lines) {
        List<Fold> folds = new ArrayList<>();
        Deque<int[]> open = new ArrayDeque<>();
        int lastText = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            int indent = indent(line);
            while (!open.isEmpty() && open.peek()[1] >= indent) {
                int[] block = open.pop();
                boolean closes = block[1] == indent && closes(line);
                int last = closes ? i : lastText;
                if (last > block[0]) {
                    folds.add(new Fold(block[0], last));
                }
            }
            open.push(new int[] {i, indent});
            lastText = i;
        }
        while (!open.isEmpty()) {
            int[] block = open.pop();
            if (lastText > block[0]) {
                folds.add(new Fold(block[0], lastText));
            }
        }
        folds.removeIf(fold -> fold.last() == fold.first() + 1
                && closes(lines.get(fold.last()))
                && indent(lines.get(fold.last())) == indent(lines.get(fold.first())));
        folds.sort((one, other) -> Integer.compare(one.first(), other.first()));
        return folds;
    }

    private static boolean closes(String line) {
        String text = line.strip();
        for (String closer : CLOSERS) {
            if (text.startsWith(closer)
                    && (text.length() == closer.length()
                            || !Character.isLetterOrDigit(text.charAt(closer.length()))
                                    && text.charAt(closer.length()) != '_'
                            || !Character.isLetter(closer.charAt(0)))) {
                return true;
            }
        }
        return false;
    }

    /** How many columns a line is indented; a tab counts as far as the next multiple of 8. */
    public static int indent(String line) {
        int columns = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ') {
                columns++;
            } else if (c == '\t') {
                columns += 8 - columns % 8;
            } else {
                return columns;
            }
        }
        return columns;
    }
}
