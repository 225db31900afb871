package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Language;
import dev.corral.console.editor.syntax.LexedLine;
import dev.corral.console.editor.syntax.LineState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledDocument;

/**
 * What is open where each line begins, kept while lines change: after an edit only those lines are read again of which the beginning is
 * not as it was. Not thread-safe.
 */
public final class Colouring {
    private final List<LineState> before = new ArrayList<>();
    private Language language;

    /** Of an empty text. */
    Colouring(Language language) {
        this.language = language;
        before.add(LineState.NONE);
    }

    /** The language. */
    Language language() {
        return language;
    }

    /**
     * A whole text that has been read.
     *
     * @param before   what is open where each line begins
     * @param coloured the text with its colours, as an area takes it over: to colour it there would hold up the FX thread
     */
    record Whole(List<LineState> before, StyledDocument<Collection<String>, String, Collection<String>> coloured) {}

    /** Colours a text for an area, see {@link CodeArea#replace}; for whole files away from the FX thread. Pure. */
    public static StyledDocument<Collection<String>, String, Collection<String>> coloured(
            String text, Language language) {
        return whole(text, language).coloured();
    }

    /** Reads a whole text. Pure. */
    static Whole whole(String text, Language language) {
        Marks none = new Marks();
        List<LineState> before = new ArrayList<>();
        ReadOnlyStyledDocumentBuilder<Collection<String>, String, Collection<String>> coloured =
                new ReadOnlyStyledDocumentBuilder<>(SegmentOps.styledTextOps(), List.of());
        LineState state = LineState.NONE;
        int number = 0;
        int at = 0;
        while (true) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            before.add(state);
            LexedLine lexed = language.lex(line, state);
            coloured.addParagraph(line, none.styles(number++, line, lexed.pieces()));
            state = lexed.after();
            if (end < 0) {
                return new Whole(before, coloured.build());
            }
            at = end + 1;
        }
    }

    /** Takes what has been read of the whole text. */
    void set(Language known, Whole whole) {
        language = known;
        before.clear();
        before.addAll(whole.before());
    }

    /** Takes note that lines were replaced: after this one so many have gone, and so many have come. */
    void replaced(int line, int gone, int come) {
        before.subList(line + 1, Math.min(before.size(), line + 1 + gone)).clear();
        for (int i = 0; i < come; i++) {
            // Each of these is read in any case.
            before.add(line + 1, LineState.NONE);
        }
    }

    /** What is open where a line begins. */
    LineState before(int line) {
        return line < before.size() ? before.get(line) : LineState.NONE;
    }

    /** Reads on from a line; see {@link #read}. */
    record Reading(List<LexedLine> lines, boolean done) {}

    /**
     * Reads lines again from this one until the rest is as it was.
     *
     * @param least how many are read in any case
     * @param most  how many are read at most
     * @return their colours, and whether the rest is as it was; otherwise go on after them
     */
    Reading read(int from, int least, int most, IntFunction<String> text) {
        List<LexedLine> lines = new ArrayList<>();
        int at = from;
        while (at < before.size() && lines.size() < most) {
            LexedLine lexed = language.lex(text.apply(at), before.get(at));
            lines.add(lexed);
            at++;
            if (at < before.size()) {
                boolean same = before.get(at).equals(lexed.after());
                before.set(at, lexed.after());
                if (same && lines.size() >= least) {
                    return new Reading(lines, true);
                }
            }
        }
        return new Reading(lines, at >= before.size());
    }
}
