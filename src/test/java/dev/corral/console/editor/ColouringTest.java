package dev.corral.console.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.syntax.Language;
import dev.corral.console.editor.syntax.LexedLine;
import dev.corral.console.editor.syntax.LineState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fxmisc.richtext.model.StyleSpans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ColouringTest {
    private static final List<String> LINES = List.of(
            "a = \"b",
            "c\"",
            "x <<~E",
            "  E",
            "# r",
            "end",
            "%w(",
            ")",
            "=begin",
            "=end",
            "",
            "m 'q#{'",
            "\"#{\"x\"}\"",
            "}");

    private static List<LexedLine> afresh(List<String> lines) {
        List<LexedLine> all = new ArrayList<>();
        LineState state = LineState.NONE;
        for (String line : lines) {
            LexedLine lexed = Language.RUBY.lex(line, state);
            all.add(lexed);
            state = lexed.after();
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsReadAgainAfterAnEditIsAsIfEverythingWere(long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of(""));
        Colouring colouring = new Colouring(Language.RUBY);
        List<LexedLine> painted = new ArrayList<>(afresh(lines));
        for (int step = 0; step < 400; step++) {
            int at = random.nextInt(lines.size());
            int gone = Math.min(random.nextInt(3), lines.size() - at - 1);
            int come = lines.size() > 60 ? 0 : random.nextInt(4);
            lines.set(at, LINES.get(random.nextInt(LINES.size())));
            lines.subList(at + 1, at + 1 + gone).clear();
            painted.subList(at + 1, at + 1 + gone).clear();
            for (int i = 0; i < come; i++) {
                lines.add(at + 1, LINES.get(random.nextInt(LINES.size())));
                painted.add(at + 1, null);
            }
            colouring.replaced(at, gone, come);
            int from = at;
            int least = come + 1;
            boolean done = false;
            while (!done) {
                Colouring.Reading reading = colouring.read(from, least, 7, lines::get);
                for (int i = 0; i < reading.lines().size(); i++) {
                    painted.set(from + i, reading.lines().get(i));
                }
                from += reading.lines().size();
                least = Math.max(1, least - reading.lines().size());
                done = reading.done();
            }
            assertThat(painted).as("step %s of %s", step, seed).isEqualTo(afresh(lines));
        }
    }

    @Test
    void aKeyInALargeFileReadsOneLine() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add("  config.vm.box = \"b" + i + "\"");
        }
        Colouring colouring = new Colouring(Language.RUBY);
        colouring.set(Language.RUBY, Colouring.whole(String.join("\n", lines), Language.RUBY));
        lines.set(2_500, lines.get(2_500) + "x");
        assertThat(colouring.read(2_500, 1, 120, lines::get).lines()).hasSize(1);
        lines.set(2_500, "\"");
        Colouring.Reading reading = colouring.read(2_500, 1, 120, lines::get);
        assertThat(reading.lines())
                .as("what a quote turns around comes in portions")
                .hasSize(120);
        assertThat(reading.done()).isFalse();
    }

    private static List<String> styles(String line, Mark... marks) {
        Marks all = new Marks();
        all.set(List.of(marks));
        StyleSpans<Collection<String>> spans =
                all.styles(0, line, Language.RUBY.lex(line, LineState.NONE).pieces());
        List<String> found = new ArrayList<>();
        int[] at = {0};
        spans.forEach(span -> {
            found.add(line.substring(at[0], at[0] + span.getLength()) + span.getStyle());
            at[0] += span.getLength();
        });
        assertThat(at[0]).isEqualTo(line.length());
        return found;
    }

    @Test
    void marksLieOverColours() {
        Mark part = new Mark(1, 4, 1, 8, Mark.Severity.ERROR, "no", "", Optional.empty());
        assertThat(styles("a = 'bcd'", part))
                .containsExactly("a =[]", " [mark-error]", "'bc[code-string, mark-error]", "d'[code-string]");
        assertThat(styles("box = 1", Mark.at(1, 1, Mark.Severity.WARNING, "no", "")))
                .as("without an end the word is meant")
                .startsWith("box[mark-warning]");
        assertThat(styles("do", Mark.at(1, 99, Mark.Severity.ERROR, "no end", "")))
                .as("behind the line its last character is marked")
                .containsExactly("d[code-keyword]", "o[code-keyword, mark-error]");
        assertThat(styles("", Mark.at(1, 1, Mark.Severity.ERROR, "no", ""))).containsExactly("[]");
    }

    @Test
    void aBlankBelongsToItsNeighbour() {
        assertThat(styles("  do 'x' # r "))
                .containsExactly("  do[code-keyword]", " 'x'[code-string]", " # r [code-comment]");
        assertThat(styles(" 'x' , 'y' ")).containsExactly(" 'x'[code-string]", " , []", "'y' [code-string]");
        assertThat(styles("   ")).containsExactly("   []");
    }

    @Test
    void marksMoveWithTheirLines() {
        Marks marks = new Marks();
        marks.set(List.of(
                Mark.at(2, 1, Mark.Severity.ERROR, "two", ""), Mark.at(5, 1, Mark.Severity.WARNING, "five", "")));
        marks.moved(2, 3);
        assertThat(marks.at(1)).hasSize(1);
        assertThat(marks.at(7)).extracting(Mark::line).containsExactly(8);
        marks.moved(2, -3);
        assertThat(marks.at(4)).extracting(Mark::message).containsExactly("five");
        assertThat(marks.set(List.of(Mark.at(2, 1, Mark.Severity.ERROR, "two", ""))))
                .containsExactly(4);
    }
}
