package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Language;
import dev.corral.console.fx.FxThread;
import java.util.Collection;
import java.util.List;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/**
 * Keeps the colours of an area up to date. After a key only the line with the caret is painted, or a few; when a quote turns the
 * rest of the file around, the rest follows in portions, so that no key waits for it. For the FX thread.
 */
final class Painter {
    private static final int PORTION = 120;

    private final CodeArea area;
    private final Marks marks;
    private final Colouring colouring = new Colouring(Language.PLAIN);
    private boolean coming;
    private boolean whole;
    private int from = Integer.MAX_VALUE;
    private int to = -1;

    Painter(CodeArea area, Marks marks) {
        this.area = area;
        this.marks = marks;
        area.plainTextChanges().subscribe(this::changed);
    }

    Colouring colouring() {
        return colouring;
    }

    /** Takes a whole new text that has been coloured already. */
    void show(Language language, Colouring.Whole read) {
        whole = true;
        area.replace(0, area.getLength(), read.coloured());
        whole = false;
        from = Integer.MAX_VALUE;
        to = -1;
        colouring.set(language, read);
    }

    private void changed(PlainTextChange change) {
        if (whole) {
            return;
        }
        int line = area.offsetToPosition(change.getPosition(), org.fxmisc.richtext.model.TwoDimensional.Bias.Forward)
                .getMajor();
        int gone = ends(change.getRemoved());
        int come = ends(change.getInserted());
        colouring.replaced(line, gone, come);
        marks.moved(line, come - gone);
        if (to > line) {
            to = Math.max(line, to + come - gone);
        }
        if (from != Integer.MAX_VALUE && from > line) {
            from = Math.max(line, from + come - gone);
        }
        paint(line, line + come);
    }

    private static int ends(String text) {
        int count = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    /** Paints these lines again, soon. */
    void paint(int first, int last) {
        from = Math.min(from, first);
        to = Math.max(to, last);
        if (!coming) {
            coming = true;
            FxThread.later(this::paint);
        }
    }

    private void paint() {
        coming = false;
        int lines = area.getParagraphs().size();
        int first = from;
        int last = Math.min(to, lines - 1);
        from = Integer.MAX_VALUE;
        to = -1;
        if (first > last) {
            return;
        }
        Colouring.Reading reading = colouring.read(first, last - first + 1, PORTION, line -> area.getParagraph(line)
                .getText());
        paint(first, reading.lines());
        int next = first + reading.lines().size();
        if (!reading.done() && next < lines) {
            paint(next, Math.max(next, last));
        }
    }

    private void paint(int first, List<dev.corral.console.editor.syntax.LexedLine> read) {
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        int length = 0;
        for (int i = 0; i < read.size(); i++) {
            String text = area.getParagraph(first + i).getText();
            marks.styles(first + i, text, read.get(i).pieces(), spans);
            length += text.length();
            if (i < read.size() - 1) {
                spans.add(List.of(), 1);
                length++;
            }
        }
        if (length > 0) {
            area.setStyleSpans(area.getAbsolutePosition(first, 0), spans.create());
        }
    }
}
