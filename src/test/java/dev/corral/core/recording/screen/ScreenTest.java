package dev.corral.core.recording.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Screens as programs draw them. */
@Tag("unit")
class ScreenTest {
    private final Screen screen = new Screen(10, 4);
    private final ScreenParser parser = new ScreenParser(screen);

    private List<String> after(String text) {
        parser.take(text);
        return screen.text();
    }

    @Test
    void textWrapsAndScrolls() {
        List<String> out = new ArrayList<>();
        screen.whenScrolledOut(row -> out.add(row.text()));
        assertThat(after("0123456789ab\r\nc\r\nd\r\ne")).containsExactly("ab", "c", "d", "e");
        assertThat(out).containsExactly("0123456789");
        assertThat(screen.row(0).wrapped()).isFalse();
    }

    @Test
    void aLineThatWasWrappedIsOneLine() {
        after("$ 0123456789abc");
        assertThat(screen.lineAtCursor()).isEqualTo("$ 0123456789abc");
        assertThat(screen.row(0).wrapped()).isTrue();
    }

    @Test
    void theLastColumnWaitsForTheNextCharacter() {
        assertThat(after("0123456789\r\nx")).containsExactly("0123456789", "x");
        assertThat(after("\u001b[2J\u001b[H0123456789\rA")).containsExactly("A123456789");
    }

    @Test
    void cursorMovesAndErasures() {
        assertThat(after("abcdef\u001b[3D\u001b[K\r\nx\u001b[1;1HZ")).containsExactly("Zbc", "x");
        assertThat(after("\u001b[2;5Hy\u001b[1K")).containsExactly("Zbc");
        assertThat(after("\u001b[1;2H\u001b[2P\u001b[@-")).containsExactly("Z-");
        assertThat(after("\u001b[1;1H\u001b[L\u001b[4;1Hend")).containsExactly("", "Z-", "", "end");
        assertThat(after("\u001b[2;1H\u001b[2M")).containsExactly("", "end");
        assertThat(after("\u001b[9999;9999H!\u001b[99999999999999999999A^"))
                .containsExactly("         ^", "end", "", "         !");
    }

    @Test
    void aRegionScrollsAlone() {
        assertThat(after("a\r\nb\r\nc\r\nd\u001b[2;3r\u001b[3;1H\n!")).containsExactly("a", "c", "!", "d");
        assertThat(after("\u001b[2;1H\u001bM?")).containsExactly("a", "?", "c", "d");
    }

    @Test
    void aFullScreenProgramLeavesWhatWasThere() {
        after("shell$ \u001b7\u001b[?1049h\u001b[Hvim\u001b[3;3H");
        assertThat(screen.alternate()).isTrue();
        assertThat(screen.text()).containsExactly("vim");
        assertThat(after("\u001b[?1049lx")).containsExactly("shell$ x");
    }

    @Test
    void wideCharactersTakeTwoCells() {
        assertThat(after("日本x")).containsExactly("日本x");
        assertThat(screen.cursorColumn()).isEqualTo(5);
        assertThat(after("\u001b[1;2Hy")).containsExactly(" y本x");
        assertThat(after("\r\n12345678🦊🦊")).containsExactly(" y本x", "12345678🦊", "🦊");
    }

    @Test
    void stylesAreKept() {
        after("\u001b[1;31;48;5;200mA\u001b[38;2;1;2;3mB\u001b[0mC\u001b[91;7mD");
        assertThat(Style.has(screen.row(0).style(0), Style.BOLD)).isTrue();
        assertThat(Style.foreground(screen.row(0).style(0))).isEqualTo(2);
        assertThat(Style.background(screen.row(0).style(0))).isEqualTo(201);
        assertThat(Style.foreground(screen.row(0).style(1))).isEqualTo(Style.EXACT | 0x010203);
        assertThat(screen.row(0).style(2)).isEqualTo(Style.PLAIN);
        assertThat(Style.foreground(screen.row(0).style(3))).isEqualTo(10);
        assertThat(Style.has(screen.row(0).style(3), Style.INVERSE)).isTrue();
    }

    @Test
    void titlesAndWhatElseIsNotShownIsPassedOver() {
        assertThat(after("\u001b]0;title\u0007a\u001bP1;2q#0\nrest\u001b\\b\u001b]52;c;eA==\u001b\\c\u001b[?2004hd"))
                .containsExactly("abcd");
        assertThat(after("\r\n\u001b]0;without an end\r\nnext")).containsExactly("abcd", "", "next");
        assertThat(after("\u001b(0qx\u001b(B\u202ee\u009b")).containsExactly("abcd", "", "next─│e");
    }

    @Test
    void whatIsClearedLeavesTheScreen() {
        List<String> out = new ArrayList<>();
        screen.whenScrolledOut(row -> out.add(row.text()));
        after("a\r\nb\r\n\u001b[H\u001b[2J\u001b[3Jc");
        assertThat(out).containsExactly("a", "b");
        assertThat(screen.text()).containsExactly("c");
    }

    @Test
    void aSmallerScreenKeepsWhereTheCursorIs() {
        after("a\r\nb\r\nc\r\nd");
        screen.resize(5, 2);
        assertThat(screen.text()).containsExactly("c", "d");
        screen.resize(20, 6);
        assertThat(after("ee")).containsExactly("c", "dee");
    }

    @Test
    void noInputEndsInAFaultAndEachMomentCanBeKept() {
        Random random = new Random(3);
        String alphabet =
                "\u001b\u001b\u001b[[[];?0123456789HABCDJKLMPSTXr@hlmdGfb()0\r\n\t\b日🦊ab \u0007\u009c\\P]78cMDE!p1049";
        for (int round = 0; round < 300; round++) {
            Screen fuzzed = new Screen(1 + random.nextInt(30), 1 + random.nextInt(10));
            ScreenParser fuzzer = new ScreenParser(fuzzed);
            Screen twin = fuzzed;
            ScreenParser other = fuzzer;
            for (int step = 0; step < 40; step++) {
                StringBuilder text = new StringBuilder();
                int length = random.nextInt(20);
                for (int i = 0; i < length; i++) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                if (random.nextInt(10) == 0) {
                    int columns = 1 + random.nextInt(30);
                    int rows = 1 + random.nextInt(10);
                    fuzzed.resize(columns, rows);
                    if (twin != fuzzed) {
                        twin.resize(columns, rows);
                    }
                }
                fuzzer.take(text.toString());
                if (twin != fuzzed) {
                    other.take(text.toString());
                    assertSame(fuzzed, twin, "round " + round + " step " + step);
                }
                if (fuzzer.atRest() && random.nextInt(5) == 0) {
                    twin = Snapshot.of(fuzzed).screen();
                    other = new ScreenParser(twin);
                    assertSame(fuzzed, twin, "round " + round + " step " + step + ", just kept");
                }
            }
        }
    }

    private static void assertSame(Screen one, Screen other, String when) {
        assertThat(other.columns()).as(when).isEqualTo(one.columns());
        for (int y = 0; y < one.rows(); y++) {
            assertThat(other.row(y).cells).as("%s, line %d", when, y).isEqualTo(one.row(y).cells);
            assertThat(other.row(y).styles).as("%s, line %d", when, y).isEqualTo(one.row(y).styles);
        }
        assertThat(List.of(
                        other.cursorColumn(), other.cursorRow(), other.top, other.bottom, other.alternate, other.full))
                .as(when)
                .isEqualTo(List.of(one.cursorColumn(), one.cursorRow(), one.top, one.bottom, one.alternate, one.full));
    }
}
