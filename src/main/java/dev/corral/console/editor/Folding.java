package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Shape;
import dev.corral.console.fx.FxThread;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fxmisc.richtext.CodeArea;

/** Puts blocks away and brings them back; the caret never stands in one that is put away. For the FX thread. */
final class Folding {
    private final CodeArea area;
    private Map<Integer, Shape.Fold> folds = Map.of();

    Folding(CodeArea area) {
        this.area = area;
        area.currentParagraphProperty().addListener((all, before, now) -> leave(before, now));
    }

    /** Takes the blocks of the text as it is now; returns the lines where another one begins, or none any more. */
    Set<Integer> set(List<Shape.Fold> now) {
        Map<Integer, Shape.Fold> before = folds;
        folds = now.stream().collect(Collectors.toMap(Shape.Fold::first, fold -> fold, (one, other) -> other));
        Set<Integer> changed = new HashSet<>(before.keySet());
        changed.addAll(folds.keySet());
        changed.removeIf(line -> Objects.equals(before.get(line), folds.get(line)));
        return changed;
    }

    Optional<Shape.Fold> at(int line) {
        return Optional.ofNullable(folds.get(line))
                .filter(fold -> fold.last() < area.getParagraphs().size());
    }

    /** Whether a line is put away. */
    boolean hidden(int line) {
        return line < area.getParagraphs().size() && area.isFolded(line);
    }

    /** Whether the block that begins on this line is put away. */
    boolean folded(int line) {
        return hidden(line + 1) && !hidden(line);
    }

    void toggle(int line) {
        if (folded(line)) {
            area.unfoldParagraphs(line);
        } else {
            at(line).ifPresent(this::fold);
        }
        area.recreateParagraphGraphic(line);
    }

    private void fold(Shape.Fold fold) {
        int caret = area.getCurrentParagraph();
        if (caret > fold.first() && caret <= fold.last()) {
            area.moveTo(fold.first(), area.getParagraphLength(fold.first()));
        }
        area.foldParagraphs(fold.first(), fold.last());
    }

    /** Puts every outermost block within the first level away: machines and their provisioners, not the whole file. */
    void foldAll() {
        int end = -1;
        List<Shape.Fold> sorted = folds.values().stream()
                .sorted((one, other) -> Integer.compare(one.first(), other.first()))
                .toList();
        int lines = area.getParagraphs().size();
        for (Shape.Fold fold : sorted) {
            boolean everything = fold.last() - fold.first() > lines * 2 / 3 && sorted.size() > 1;
            if (fold.first() > end && !everything && fold.last() < lines && !hidden(fold.first() + 1)) {
                fold(fold);
                area.recreateParagraphGraphic(fold.first());
                end = fold.last();
            }
        }
    }

    /** Brings everything back. */
    void unfoldAll() {
        for (int line = 0; line < area.getParagraphs().size(); line++) {
            if (folded(line)) {
                area.unfoldParagraphs(line);
                area.recreateParagraphGraphic(line);
            }
        }
    }

    /** Brings a line back into sight. */
    void reveal(int line) {
        if (hidden(line)) {
            int head = line;
            while (head > 0 && hidden(head)) {
                head--;
            }
            area.unfoldParagraphs(head);
            area.recreateParagraphGraphic(head);
        }
    }

    private void leave(int before, int now) {
        if (!hidden(now)) {
            return;
        }
        int step = now > before ? 1 : -1;
        int to = now;
        while (to >= 0 && to < area.getParagraphs().size() && hidden(to)) {
            to += step;
        }
        int line = to;
        FxThread.later(() -> {
            if (line < 0 || line >= area.getParagraphs().size()) {
                reveal(area.getCurrentParagraph());
            } else if (hidden(area.getCurrentParagraph())) {
                area.moveTo(line, Math.min(area.getCaretColumn(), area.getParagraphLength(line)));
            }
        });
    }
}
