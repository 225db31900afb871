package dev.corral.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of anybody, read. */
@Tag("unit")
class EventCursorTest {
    private static final String HEADER = "{\"version\": 2, \"width\": 80, \"height\": 24}\n";

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("x.cast"), content);
    }

    private List<CastEvent> read(String content) throws IOException {
        return RecordingWriterTest.events(file(content));
    }

    @Test
    void itMayBeCutOffAtEachByte() throws IOException {
        StringBuilder whole = new StringBuilder(HEADER);
        List<CastEvent> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CastEvent event = new CastEvent(i * 250_000L, CastEvent.OUTPUT, "é\"" + i + "\u001b[1m🦊\r\n");
            told.add(event);
            CastLines.append(whole, event);
        }
        byte[] bytes = whole.toString().getBytes(StandardCharsets.UTF_8);
        int header = HEADER.length();
        for (int cut = header; cut <= bytes.length; cut++) {
            Files.write(folder.resolve("x.cast"), Arrays.copyOf(bytes, cut));
            // A line counts as soon as its bracket is there.
            int lines = 0;
            for (int i = header; i < cut; i++) {
                lines += bytes[i] == ']' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? 1 : 0;
            }
            assertThat(RecordingWriterTest.events(folder.resolve("x.cast")))
                    .as("cut at %d", cut)
                    .isEqualTo(told.subList(0, lines));
        }
    }

    @Test
    void aRecordingThatStillGrowsIsReadOn() throws IOException {
        Path file = file(HEADER + "[1.0, \"o\", \"a\"]\n[2.0, \"o");
        try (EventCursor cursor = EventCursor.open(List.of(file))) {
            assertThat(cursor.next()).contains(new CastEvent(1_000_000, 'o', "a"));
            assertThat(cursor.next()).isEmpty();
            Files.writeString(file, HEADER + "[1.0, \"o\", \"a\"]\n[2.0, \"o\", \"b\"]\n");
            assertThat(cursor.next()).contains(new CastEvent(2_000_000, 'o', "b"));
            assertThat(cursor.passed()).isZero();
        }
    }

    @Test
    void timesNeverGoBackAndHaveAnEnd() throws IOException {
        assertThat(read(HEADER + "[5.0, \"o\", \"a\"]\n[1.0, \"o\", \"b\"]\n[-3, \"o\", \"c\"]\n[1e300, \"o\", \"d\"]\n"
                        + "[6, \"o\", \"e\"]\n"))
                .extracting(CastEvent::micros)
                .containsExactly(5_000_000L, 5_000_000L, 5_000_000L, CastLines.LONGEST, CastLines.LONGEST);
    }

    @Test
    void linesThatAreNoneArePassedOverAndCounted() throws IOException {
        Path file = file(HEADER + "nonsense\n[]\n[1]\n[\"1\", \"o\", \"x\"]\n[1, \"oo\", \"x\"]\n[1, \"o\", {}]\n"
                + "[1, \"o\", \"x\", 4]\n" + "[".repeat(100_000) + "\n\n\r\n# a comment\n[2, \"o\", \"good\"]\r\n");
        try (EventCursor cursor = EventCursor.open(List.of(file))) {
            assertThat(cursor.next()).contains(new CastEvent(2_000_000, 'o', "good"));
            assertThat(cursor.next()).isEmpty();
            assertThat(cursor.passed()).isEqualTo(8);
        }
    }

    @Test
    void aLineWithoutAnEndTakesNoRoom() throws IOException {
        String huge = "[1, \"o\", \"" + "x".repeat(EventCursor.LONGEST_LINE + 1000) + "\"]\n";
        assertThat(read(HEADER + huge + "[2, \"o\", \"after\"]\n" + "y".repeat(EventCursor.LONGEST_LINE * 2)))
                .containsExactly(new CastEvent(2_000_000, 'o', "after"));
    }

    @Test
    void rubbishNeverEndsInAFault() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = (HEADER + "[1.5, \"o\", \"abc\"]\n[2.5, \"r\", \"90x20\"]\n".repeat(5))
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 12; i++) {
                bytes[HEADER.length() + random.nextInt(bytes.length - HEADER.length())] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("x.cast"), bytes);
            assertThat(RecordingWriterTest.events(file).size()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void positionsCanBeGoneBackTo() throws IOException {
        Path first = file(HEADER + "[1, \"o\", \"a\"]\n[2, \"o\", \"b\"]\n");
        Path second = Files.writeString(
                folder.resolve("x.part2.cast"),
                "{\"version\":2,\"width\":80,\"height\":24,\"corral\":{\"part\":2,\"offset\":10.5}}\n[1, \"o\", \"c\"]\n");
        assertThat(RecordingFile.parts(first)).containsExactly(first, second);
        try (EventCursor cursor = EventCursor.open(RecordingFile.parts(first))) {
            List<EventCursor.Position> before = new ArrayList<>();
            List<Optional<CastEvent>> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                before.add(cursor.position());
                events.add(cursor.next());
            }
            assertThat(events.get(2)).contains(new CastEvent(11_500_000, 'o', "c"));
            assertThat(events.get(3)).isEmpty();
            for (int i : new int[] {2, 0, 1, 3, 0}) {
                cursor.go(before.get(i));
                assertThat(cursor.next()).as("from %d", i).isEqualTo(events.get(i));
            }
        }
    }

    @Test
    void versionThreeCountsFromEventToEvent() throws IOException {
        assertThat(read("{\"version\":3,\"term\":{\"cols\":100,\"rows\":40}}\n"
                        + "[1.0,\"o\",\"a\"]\n[0.5,\"o\",\"b\"]\n[2,\"x\",\"0\"]\n"))
                .extracting(CastEvent::micros)
                .containsExactly(1_000_000L, 1_500_000L, 3_500_000L);
        assertThat(RecordingFile.of(folder.resolve("x.cast")).header().columns())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "[1, \"o\", \"x\"]\n",
                "{\"version\": 9}\n",
                "{\"version\": 1, \"width\": 80, \"height\": 24, \"stdout\": []}",
                "#!/bin/sh\n",
                "\u0000\u0001\u0002"
            })
    void whatIsNoneIsSaid(String content) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> EventCursor.open(List.of(file)).close())
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("x.cast");
    }

    @Test
    void sizesAreThoseOfATerminal() throws IOException {
        assertThat(CastHeader.parse("{\"version\":2,\"width\":2000000000,\"height\":-4,\"timestamp\":1e300}", "x"))
                .extracting(CastHeader::columns, CastHeader::rows, CastHeader::began)
                .containsExactly(CastHeader.MOST_COLUMNS, 1, Optional.empty());
    }
}
