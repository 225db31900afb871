package dev.corral.console.editor;

import dev.corral.console.editor.syntax.LexedLine.Piece;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/** The marks of a text, by line; they move with their lines until there are new ones. For the FX thread. */
final class Marks {
    private static final int MOST = 1_000;

    private Map<Integer, List<Mark>> byLine = Map.of();

    /** Takes new ones; returns the lines, from 0, that look different now. */
    Set<Integer> set(List<Mark> marks) {
        Map<Integer, List<Mark>> now = new HashMap<>();
        marks.stream().limit(MOST).forEach(mark -> now.computeIfAbsent(mark.line() - 1, line -> new ArrayList<>())
                .add(mark));
        Set<Integer> changed = new LinkedHashSet<>(byLine.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(line -> at(line).equals(now.getOrDefault(line, List.of())));
        byLine = now;
        return changed;
    }

    /** Those of a line, from 0. */
    List<Mark> at(int line) {
        return byLine.getOrDefault(line, List.of());
    }

    /** Takes note that lines after this one have come (or gone, when fewer than none). */
    void moved(int after, int by) {
        if (by == 0 || byLine.isEmpty()) {
            return;
        }
        Map<Integer, List<Mark>> now = new HashMap<>();
        byLine.forEach((line, marks) -> {
            if (line <= after) {
                now.put(line, marks);
            } else if (line + by > after) {
                now.put(line + by, marks.stream().map(mark -> mark.moved(by)).toList());
            }
        });
        byLine = now;
    }

    /** The worst one of a line. */
    Optional<Mark> worst(int line) {
        return at(line).stream().min((one, other) -> one.severity().compareTo(other.severity()));
    }

    /** Which characters of a line a mark means: from, to. At least one, where the line has any. */
    static int[] range(Mark mark, String line) {
        int from = Math.min(mark.column() - 1, line.length());
        int to = mark.endLine() > mark.line() ? line.length() : Math.min(mark.end() - 1, line.length());
        if (to <= from) {
            to = from;
            while (to < line.length() && (Character.isLetterOrDigit(line.charAt(to)) || line.charAt(to) == '_')) {
                to++;
            }
        }
        if (to == from) {
            // Something is missing here: what stands before it shows where.
            from = Math.max(0, Math.min(from, line.length() - 1));
            to = Math.min(line.length(), from + 1);
        }
        return new int[] {from, to};
    }

    /** The styles of a line with these colours. */
    StyleSpans<Collection<String>> styles(int number, String line, List<Piece> pieces) {
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        styles(number, line, pieces, spans);
        return spans.create();
    }

    void styles(int number, String line, List<Piece> pieces, StyleSpansBuilder<Collection<String>> spans) {
        List<Mark> marks = at(number);
        if (marks.isEmpty()) {
            plain(line, pieces, spans);
            return;
        }
        SortedSet<Integer> cuts = new TreeSet<>(List.of(0, line.length()));
        pieces.forEach(piece -> cuts.addAll(List.of(piece.from(), piece.to())));
        List<int[]> ranges = marks.stream().map(mark -> range(mark, line)).toList();
        ranges.forEach(range -> cuts.addAll(List.of(range[0], range[1])));
        int from = 0;
        for (int to : cuts.tailSet(1)) {
            List<String> styles = new ArrayList<>(2);
            for (Piece piece : pieces) {
                if (piece.from() <= from && to <= piece.to()) {
                    styles.addAll(piece.token().styles());
                }
            }
            for (int i = 0; i < marks.size(); i++) {
                if (ranges.get(i)[0] <= from && to <= ranges.get(i)[1] && styles.size() < 2) {
                    styles.add(marks.get(i).severity().styleClass());
                }
            }
            spans.add(styles, to - from);
            from = to;
        }
        if (line.isEmpty()) {
            spans.add(List.of(), 0);
        }
    }

    private static void plain(String line, List<Piece> pieces, StyleSpansBuilder<Collection<String>> spans) {
        int at = 0;
        Collection<String> last = List.of();
        for (Piece piece : pieces) {
            // A blank has no colour. With its neighbour it is one node, and of those there are a good many on a screen.
            boolean blank = blank(line, at, piece.from());
            if (!blank) {
                spans.add(List.of(), piece.from() - at);
            }
            last = piece.token().styles();
            spans.add(last, piece.to() - (blank ? at : piece.from()));
            at = piece.to();
        }
        spans.add(blank(line, at, line.length()) ? last : List.of(), line.length() - at);
    }

    private static boolean blank(String line, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Character.isWhitespace(line.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
