package dev.corral.core.recording.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastLines;
import dev.corral.core.recording.EventCursor;
import dev.corral.core.recording.screen.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as they are looked at. */
@Tag("unit")
class RecordingTest {
    private static final String HEADER =
            "{\"version\":2,\"width\":40,\"height\":6,\"corral\":{\"began\":\"2026-03-01T10:00:00Z\"}}\n";
    private static final String PROMPT = "vagrant@debian:~$ ";

    @TempDir
    private Path folder;

    private Path write(List<CastEvent> events) throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        events.forEach(event -> CastLines.append(lines, event));
        Path file = Files.createDirectories(folder.resolve("recordings")).resolve("x.cast");
        return Files.writeString(file, lines);
    }

    private static CastEvent out(double seconds, String text) {
        return new CastEvent(Math.round(seconds * 1e6), CastEvent.OUTPUT, text);
    }

    @Test
    void commandsAreFoundByTheirPrompts() throws IOException {
        List<CastEvent> events = new ArrayList<>();
        events.add(out(0, PROMPT));
        int at = 1;
        for (char c : "ls -l".toCharArray()) {
            events.add(out(at++, String.valueOf(c)));
        }
        events.add(out(10, "\r\n\u001b[?2004l\rtotal 0\r\n# no command\r\n" + PROMPT + "cat a$ b\r\n"));
        events.add(out(11, "[root@host etc]# id\r\n(venv) a@b:/tmp# x\r\nsh-5.1$ y\r\n# "));
        events.add(out(12, "whoami\r\n" + PROMPT + "\r\n"));
        events.add(out(13, PROMPT + "echo 0123456789 0123456789 0123456789\r\n"));
        events.add(out(14, "\u001b[?1049h" + PROMPT + "inside vim\r\n\u001b[?1049l"));
        events.add(new CastEvent(15_000_000, CastEvent.MARKER, "score: C"));
        try (Recording recording = Recording.open(write(events))) {
            assertThat(recording.length()).isEqualTo(15_000_000);
            assertThat(recording.marks())
                    .containsExactly(
                            new Mark(10_000_000, Mark.Kind.COMMAND, "ls -l"),
                            new Mark(10_000_000, Mark.Kind.COMMAND, "cat a$ b"),
                            new Mark(11_000_000, Mark.Kind.COMMAND, "id"),
                            new Mark(11_000_000, Mark.Kind.COMMAND, "x"),
                            new Mark(11_000_000, Mark.Kind.COMMAND, "y"),
                            new Mark(12_000_000, Mark.Kind.COMMAND, "whoami"),
                            new Mark(13_000_000, Mark.Kind.COMMAND, "echo 0123456789 0123456789 0123456789"),
                            new Mark(15_000_000, Mark.Kind.SCORE, "C"));
        }
    }

    @Test
    void notesOfTheSessionStandAtTheirTime() throws IOException {
        Path file = write(List.of(out(0, "a"), out(60, "b")));
        Files.writeString(folder.resolve("journal.jsonl"), """
                {"at":"2026-03-01T09:59:00Z","kind":"note","text":"before it"}
                {"at":"2026-03-01T10:00:05.5Z","kind":"note","text":"port \\u001b[31m8080","more":{"uuid":"u"}}
                {"at":"2026-03-01T10:00:06Z","kind":"note","text":"again","more":{"uuid":"u"}}
                {"at":"2026-03-01T10:00:30Z","kind":"score","text":"I"}
                {"at":"2026-03-01T10:00:40Z","kind":"idle"}
                {"at":"2026-03-01T10:00:50Z","kind":"submit"
                """);
        try (Recording recording = Recording.open(file)) {
            recording.length();
            assertThat(recording.marks())
                    .containsExactly(
                            new Mark(5_500_000, Mark.Kind.NOTE, "port 8080"),
                            new Mark(30_000_000, Mark.Kind.SCORE, "I"));
        }
    }

    @Test
    void eachMomentIsTheSameWhereverItIsComeFrom() throws IOException {
        Random random = new Random(5);
        List<CastEvent> events = new ArrayList<>();
        for (int i = 0; i < 1800; i++) {
            events.add(
                    i % 500 == 499
                            ? new CastEvent(i * 1000L, CastEvent.RESIZE, (30 + i % 7) + "x" + (5 + i % 3))
                            : out(i / 1000.0, line(random, i)));
        }
        Map<Long, String> truth = new HashMap<>();
        Path file = write(events);
        try (Recording recording = Recording.open(file)) {
            recording.length();
            assertThat(recording.before(Long.MAX_VALUE)).as("keyframes").isPresent();
            try (Reel reel = recording.reel()) {
                while (reel.step().isPresent()) {
                    truth.put(
                            reel.micros(),
                            Frame.of(reel.micros(), reel.screen()).text());
                }
            }
            try (Player player = new Player(recording)) {
                for (int i = 0; i < 100; i++) {
                    long at = random.nextInt(1800) * 1000L;
                    assertThat(player.at(at + random.nextInt(1000)).text())
                            .as("at %d", at)
                            .isEqualTo(truth.get(at));
                }
                assertThat(player.at(Long.MAX_VALUE).text()).isEqualTo(truth.get(1_799_000L));
            }
        }
    }

    private static String line(Random random, int i) {
        return "\u001b[" + (1 + random.nextInt(6)) + ";1H\u001b[3" + random.nextInt(8) + "m" + i + " "
                + "x".repeat(random.nextInt(400)) + "\u001b[K\r\n".repeat(random.nextInt(3));
    }

    @Test
    void momentsToBeginAtTakeABoundedRoom() throws IOException {
        Keyframes frames = new Keyframes(100_000);
        Snapshot snapshot = new Snapshot(new byte[1000]);
        long since = 0;
        for (int i = 0; i < 10_000; i++) {
            since += 256 << 10;
            if (since < frames.spacing()) {
                continue;
            }
            since = 0;
            frames.add(new Keyframe(new EventCursor.Position(0, i, i), snapshot));
        }
        assertThat(frames.bytes()).isLessThanOrEqualTo(100_000);
        assertThat(frames.count()).isGreaterThan(20);
        assertThat(frames.spacing()).isGreaterThan(256 << 10);
        assertThat(frames.before(-1)).isEmpty();
        assertThat(frames.before(5000).orElseThrow().micros()).isBetween(4700L, 5000L);
    }

    @Test
    void aTextIsFoundWhenItCame() throws IOException {
        List<CastEvent> events = List.of(
                out(1, PROMPT + "fl"),
                out(2, "ag"),
                out(3, "\r\nFLAG{a}\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"),
                out(4, "\u001b[H\u001b[2Jflag again"));
        try (Recording recording = Recording.open(write(events))) {
            assertThat(TextSearch.find(recording, "flag", true, () -> false))
                    .containsExactly(
                            new TextSearch.Hit(2_000_000, PROMPT + "flag"),
                            new TextSearch.Hit(3_000_000, "FLAG{a}"),
                            new TextSearch.Hit(4_000_000, "flag again"));
            assertThat(TextSearch.find(recording, "FLAG", false, () -> false)).hasSize(1);
            assertThat(TextSearch.find(recording, "", true, () -> false)).isEmpty();
            assertThat(TextSearch.find(recording, "flag", true, () -> true)).isEmpty();
        }
    }

    @Test
    void pausesAreCut() throws IOException {
        try (Recording recording =
                Recording.open(write(List.of(out(1, "a"), out(2, "b"), out(62, "c"), out(63, "d"))))) {
            recording.length();
            Pauses pauses = recording.pauses(2_000_000);
            assertThat(pauses.toShort(2_000_000)).isEqualTo(2_000_000);
            assertThat(pauses.toShort(3_000_000)).isEqualTo(3_000_000);
            assertThat(pauses.toShort(40_000_000)).isEqualTo(4_000_000);
            assertThat(pauses.toShort(62_000_000)).isEqualTo(4_000_000);
            assertThat(pauses.toShort(63_000_000)).isEqualTo(5_000_000);
            assertThat(pauses.toReal(3_999_999)).isEqualTo(3_999_999);
            assertThat(pauses.toReal(4_000_000)).isEqualTo(62_000_000);
            assertThat(pauses.toReal(5_000_000)).isEqualTo(63_000_000);
        }
    }

    @Test
    void theClockRunsBySpeedAndSkips() {
        long[] nanos = {0};
        PlayClock clock = new PlayClock(() -> nanos[0]);
        clock.end(100_000_000);
        clock.play(true);
        nanos[0] += 1_000_000_000L;
        assertThat(clock.at()).isEqualTo(1_000_000);
        clock.speed(4);
        nanos[0] += 1_000_000_000L;
        assertThat(clock.at()).isEqualTo(5_000_000);
        clock.speed(1000);
        assertThat(clock.speed()).isEqualTo(PlayClock.FASTEST);
        clock.speed(1);
        clock.skip(Pauses.of(new long[] {10_000_000}, new long[] {50_000_000}, 1, 2_000_000));
        assertThat(clock.at()).isEqualTo(5_000_000);
        nanos[0] += 6_500_000_000L;
        assertThat(clock.at()).isEqualTo(11_500_000);
        nanos[0] += 1_000_000_000L;
        assertThat(clock.at()).isEqualTo(50_500_000);
        clock.skip(Pauses.none());
        assertThat(clock.at()).isEqualTo(50_500_000);
        clock.play(false);
        nanos[0] += 1_000_000_000L;
        assertThat(clock.at()).isEqualTo(50_500_000);
        clock.go(-5);
        assertThat(clock.at()).isZero();
        clock.go(Long.MAX_VALUE);
        assertThat(clock.at()).isEqualTo(100_000_000);
        clock.play(true);
        assertThat(clock.at()).as("at the end it begins again").isZero();
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> Recording.open(folder.resolve("none.cast"))).isInstanceOf(NoSuchFileException.class);
    }
}
