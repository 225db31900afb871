package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.StyledTextConsumer;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.model.CharBuffer;
import com.techsenger.jeditermfx.core.model.LinesBuffer;
import com.techsenger.jeditermfx.core.model.SubCharBuffer;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.util.CharUtils;
import com.techsenger.jeditermfx.ui.SubstringFinder;
import org.jspecify.annotations.Nullable;

/** What a terminal shows, as text, and where in it something stands. Any thread. */
final class ScreenText {
    private final TerminalTextBuffer buffer;

    ScreenText(TerminalTextBuffer buffer) {
        this.buffer = buffer;
    }

    /** The lines of the screen, without blanks at the ends of lines and empty lines at the end. */
    String screen() {
        return locked(() -> text(buffer.getScreenBuffer(), buffer.getHeight()));
    }

    /** The lines that have scrolled out, oldest first, as far as they are kept. */
    String history() {
        return locked(() -> text(buffer.getHistoryBuffer(), Integer.MAX_VALUE));
    }

    /** All places of this text in scrollback and screen; null when there is nothing to find. */
    SubstringFinder.@Nullable FindResult find(String text, boolean ignoreCase) {
        if (text.isEmpty()) {
            return null;
        }
        SubstringFinder finder = new SubstringFinder(text, ignoreCase);
        return locked(() -> {
            buffer.processHistoryAndScreenLines(-buffer.getHistoryLinesCount(), -1, new Feed(finder));
            return finder.getResult();
        });
    }

    private <T> T locked(java.util.function.Supplier<T> question) {
        buffer.lock();
        try {
            return question.get();
        } finally {
            buffer.unlock();
        }
    }

    private static String text(LinesBuffer lines, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(lines.getLineCount(), most); i++) {
            // Wide characters are followed by a placeholder cell.
            String line = lines.getLineText(i)
                    .replace(String.valueOf(CharUtils.DWC), "")
                    .replace('\0', ' ');
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private record Feed(SubstringFinder finder) implements StyledTextConsumer {
        @Override
        public void consume(int x, int y, TextStyle style, CharBuffer characters, int startRow) {
            boolean part = characters instanceof SubCharBuffer;
            int offset = part ? ((SubCharBuffer) characters).getOffset() : 0;
            CharBuffer whole = part ? ((SubCharBuffer) characters).getParent() : characters;
            for (int i = offset; i < offset + characters.length(); i++) {
                finder.nextChar(x, y - startRow, whole, i);
            }
        }

        @Override
        public void consumeNul(int x, int y, int nulIndex, TextStyle style, CharBuffer characters, int startRow) {
            // empty cells hold nothing to find
        }

        @Override
        public void consumeQueue(int x, int y, int nulIndex, int startRow) {
            // beyond the last line there is nothing to find
        }
    }
}
