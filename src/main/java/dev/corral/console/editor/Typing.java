package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Language;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.CodeArea;

/** What keys do beyond writing their character: indentation, pairs, remarks. For the FX thread. */
final class Typing {
    private static final KeyCombination COMMENT = KeyCombination.valueOf("Shortcut+Slash");
    private static final KeyCombination REDO = KeyCombination.valueOf("Shortcut+Y");

    private final CodeArea area;
    private final Folding folding;
    private final Supplier<Colouring> colouring;

    Typing(CodeArea area, Folding folding, Supplier<Colouring> colouring) {
        this.area = area;
        this.folding = folding;
        this.colouring = colouring;
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        area.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    }

    private Language language() {
        return colouring.get().language();
    }

    private String line() {
        return area.getParagraph(area.getCurrentParagraph()).getText();
    }

    private boolean selected() {
        return area.getSelection().getLength() > 0;
    }

    private void pressed(KeyEvent event) {
        if (!area.isEditable()) {
            return;
        }
        if (COMMENT.match(event) || event.isShortcutDown() && event.getCode() == KeyCode.DIVIDE) {
            LineEdits.toggleComment(
                            area.getText(),
                            area.getAnchor(),
                            area.getCaretPosition(),
                            language().comment())
                    .ifPresent(this::apply);
            event.consume();
        } else if (REDO.match(event)) {
            area.redo();
            event.consume();
        } else if (!event.isShortcutDown() && !event.isAltDown()) {
            switch (event.getCode()) {
                case TAB -> {
                    tab(event.isShiftDown());
                    event.consume();
                }
                case ENTER -> {
                    enter();
                    event.consume();
                }
                case BACK_SPACE -> backSpace(event);
                case DELETE -> folding.reveal(area.getCurrentParagraph() + 1);
                default -> {
                    // Writes its character.
                }
            }
        }
    }

    private void tab(boolean back) {
        boolean several = area.getSelectedText().indexOf('\n') >= 0;
        if (back) {
            apply(LineEdits.outdent(area.getText(), area.getAnchor(), area.getCaretPosition()));
        } else if (several) {
            apply(LineEdits.indent(area.getText(), area.getAnchor(), area.getCaretPosition()));
        } else {
            area.replaceSelection(LineEdits.tab(line().substring(0, area.getCaretColumn())));
        }
    }

    private void enter() {
        folding.reveal(area.getCurrentParagraph() + 1);
        if (selected()) {
            area.replaceSelection("");
        }
        String line = line();
        int at = area.getCaretColumn();
        String before = line.substring(0, at);
        boolean code = language().codeAfter(before, colouring.get().before(area.getCurrentParagraph()));
        String own = before.substring(0, before.length() - before.stripLeading().length());
        String indent = code ? Indentation.after(before, language()) : own;
        int caret = area.getCaretPosition();
        area.getUndoManager().preventMerge();
        // The rest of the line comes along without the blanks before it.
        String rest = line.substring(at);
        int blanks = before.isBlank() ? 0 : rest.length() - rest.stripLeading().length();
        if (at > 0 && Pairs.empty(line, at) && "([{".indexOf(line.charAt(at - 1)) >= 0) {
            area.replaceText(caret, caret, "\n" + indent + "\n" + own);
        } else {
            area.replaceText(caret, caret + blanks, "\n" + indent);
        }
        area.moveTo(caret + 1 + indent.length());
        area.getUndoManager().preventMerge();
        area.requestFollowCaret();
    }

    private void backSpace(KeyEvent event) {
        if (selected()) {
            return;
        }
        int at = area.getCaretColumn();
        int caret = area.getCaretPosition();
        if (at == 0) {
            folding.reveal(area.getCurrentParagraph() - 1);
            folding.reveal(area.getCurrentParagraph());
        } else if (Pairs.empty(line(), at)) {
            area.deleteText(caret - 1, caret + 1);
            event.consume();
        } else if (at >= LineEdits.STEP.length()
                && line().substring(0, at).isBlank()
                && line().startsWith(LineEdits.STEP, at - LineEdits.STEP.length())
                && at % LineEdits.STEP.length() == 0) {
            area.deleteText(caret - LineEdits.STEP.length(), caret);
            event.consume();
        }
    }

    private void typed(KeyEvent event) {
        String text = event.getCharacter();
        // AltGr is how many keyboards have brackets, and looks like both keys together.
        boolean command = (event.isShortcutDown() || event.isControlDown() || event.isMetaDown()) && !event.isAltDown();
        if (!area.isEditable() || command || text.length() != 1 || text.charAt(0) < ' ' || text.charAt(0) == 127) {
            return;
        }
        if (selected()) {
            surround(text, event);
            return;
        }
        String line = line();
        int at = area.getCaretColumn();
        int caret = area.getCaretPosition();
        boolean plain = language() != Language.PLAIN
                && language().codeAfter(line.substring(0, at), colouring.get().before(area.getCurrentParagraph()));
        if (language() != Language.PLAIN && Pairs.stepsOver(text, line, at)) {
            area.moveTo(caret + 1);
            event.consume();
        } else if (Pairs.completes(text, line, at, plain)) {
            area.insertText(caret, text + Pairs.closing(text).orElseThrow());
            area.moveTo(caret + 1);
            event.consume();
        } else if (plain && Indentation.goesBack(line.substring(0, at) + text, language()) && deeperThanAbove(line)) {
            int start = caret - at;
            String now = LineEdits.outdented(line.substring(0, at)) + text;
            area.replaceText(start, caret, now);
            area.moveTo(start + now.length());
            event.consume();
        }
    }

    // A word that goes back does so once: where the line is deeper than the one above has left it.
    private boolean deeperThanAbove(String line) {
        int above = area.getCurrentParagraph() - 1;
        while (above >= 0 && area.getParagraph(above).getText().isBlank()) {
            above--;
        }
        if (above < 0) {
            return true;
        }
        String before = area.getParagraph(above).getText();
        int indent = dev.corral.console.editor.syntax.Shape.indent(line);
        int usual = dev.corral.console.editor.syntax.Shape.indent(before)
                + (Indentation.opens(before, language()) ? LineEdits.STEP.length() : 0);
        return indent >= usual;
    }

    private void surround(String text, KeyEvent event) {
        if (language() != Language.PLAIN && area.getSelectedText().indexOf('\n') < 0) {
            Pairs.closing(text).ifPresent(closing -> {
                int from = area.getSelection().getStart();
                String inner = area.getSelectedText();
                area.replaceSelection(text + inner + closing);
                area.selectRange(from + 1, from + 1 + inner.length());
                event.consume();
            });
        }
    }

    /** Makes a change in one step of undo. */
    void apply(Edit edit) {
        area.getUndoManager().preventMerge();
        if (edit.to() > edit.from() || !edit.text().isEmpty()) {
            area.replaceText(edit.from(), edit.to(), edit.text());
        }
        area.selectRange(Math.min(edit.anchor(), area.getLength()), Math.min(edit.caret(), area.getLength()));
        area.getUndoManager().preventMerge();
    }
}
