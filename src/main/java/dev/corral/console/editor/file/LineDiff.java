package dev.corral.console.editor.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What differs between two texts, line by line. Pure. */
public final class LineDiff {
    private static final int AROUND = 3;
    private static final int MOST = 2_000;

    private LineDiff() {}

    /** How a line of a difference belongs to it. */
    public enum Side {
        /** In both. */
        BOTH,
        /** Only in the first text. */
        FIRST,
        /** Only in the second text. */
        SECOND,
        /** Lines are left out here. */
        GAP
    }

    /**
     * A line of a difference.
     *
     * @param side where it stands
     * @param text the line
     */
    public record Line(Side side, String text) {}

    static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EditList edits(String first, String second) {
        return new HistogramDiff().diff(RawTextComparator.DEFAULT, raw(first), raw(second));
    }

    /** For each line of the second text which line of the first it was, -1 for a new one. */
    static int[] origins(String first, String second) {
        int[] origins = new int[raw(second).size()];
        Arrays.fill(origins, -1);
        int a = 0;
        int b = 0;
        for (Edit edit : edits(first, second)) {
            while (b < edit.getBeginB()) {
                origins[b++] = a++;
            }
            a = edit.getEndA();
            b = edit.getEndB();
        }
        while (b < origins.length) {
            origins[b++] = a++;
        }
        return origins;
    }

    /** The lines that differ, with three around them. At most 2,000. */
    public static List<Line> of(String first, String second) {
        List<String> a = List.of(first.split("\n", -1));
        List<String> b = List.of(second.split("\n", -1));
        List<Line> lines = new ArrayList<>();
        EditList edits = edits(first, second);
        int shown = 0;
        for (int i = 0; i < edits.size() && lines.size() < MOST; i++) {
            Edit edit = edits.get(i);
            int from = Math.max(shown, edit.getBeginA() - AROUND);
            if (from > shown) {
                lines.add(new Line(Side.GAP, "line " + (from + 1)));
            }
            add(lines, Side.BOTH, a, from, edit.getBeginA());
            add(lines, Side.FIRST, a, edit.getBeginA(), edit.getEndA());
            add(lines, Side.SECOND, b, edit.getBeginB(), edit.getEndB());
            int next = i + 1 < edits.size() ? edits.get(i + 1).getBeginA() : a.size();
            shown = Math.min(edit.getEndA() + AROUND, next);
            add(lines, Side.BOTH, a, edit.getEndA(), shown);
        }
        return List.copyOf(lines.subList(0, Math.min(MOST, lines.size())));
    }

    private static void add(List<Line> lines, Side side, List<String> text, int from, int to) {
        for (int i = from; i < Math.min(to, text.size()); i++) {
            lines.add(new Line(side, text.get(i)));
        }
    }
}
