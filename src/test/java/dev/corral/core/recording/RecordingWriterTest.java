package dev.corral.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as they are written. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class RecordingWriterTest {
    private static final CastHeader HEADER = CastHeader.of(
            80,
            24,
            Instant.parse("2026-03-01T10:00:00.250Z"),
            "9f3c2a1b/victim",
            new CastHeader.About("9f3c2a1b", "victim", "shell", 1, 0));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("one.cast");
    }

    static List<CastEvent> events(Path file) throws IOException {
        List<CastEvent> events = new ArrayList<>();
        try (EventCursor cursor = EventCursor.open(RecordingFile.parts(file))) {
            for (Optional<CastEvent> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    private static void tell(RecordingWriter writer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.output(bytes, 0, bytes.length);
    }

    private static String output(List<CastEvent> events) {
        StringBuilder text = new StringBuilder();
        events.stream().filter(event -> event.code() == CastEvent.OUTPUT).forEach(event -> text.append(event.data()));
        return text.toString();
    }

    @Test
    void whatWasToldComesBackWithItsKind() throws IOException {
        try (RecordingWriter writer = RecordingWriter.begin(file(), HEADER, RecordingLimits.USUAL)) {
            byte[] fox = "\"🦊\"\\\r\n\u0000\u007f".getBytes(StandardCharsets.UTF_8);
            writer.output(fox, 0, 3);
            writer.output(fox, 3, fox.length - 3);
            writer.resize(100, 30);
            writer.marker("note: found the port");
            writer.input("ls\r".getBytes(StandardCharsets.UTF_8), 0, 3);
        }
        List<CastEvent> events = events(file());
        assertThat(output(events)).isEqualTo("\"🦊\"\\\r\n\u0000\u007f");
        assertThat(events)
                .extracting(event -> event.code() + event.data())
                .contains("r100x30", "mnote: found the port", "ils\r");
        assertThat(events).isSortedAccordingTo(Comparator.comparingLong(CastEvent::micros));
        RecordingFile read = RecordingFile.of(file());
        assertThat(read.header()).isEqualTo(HEADER);
        assertThat(Files.readAllLines(file()).getFirst()).startsWith("{\"version\":2,\"width\":80,\"height\":24,");
    }

    @Test
    void itIsOnDiskWithoutAnEnd() throws IOException {
        try (RecordingWriter writer = RecordingWriter.begin(file(), HEADER, RecordingLimits.USUAL)) {
            tell(writer, "still there");
            while (!output(events(file())).equals("still there")) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Test
    void whatNobodyCanKeepIsCounted() throws IOException {
        byte[] flood = new byte[RecordingWriter.MOST_WAITING + 1];
        try (RecordingWriter writer = RecordingWriter.begin(file(), HEADER, RecordingLimits.USUAL)) {
            writer.output(flood, 0, flood.length);
            tell(writer, "after");
        }
        List<CastEvent> events = events(file());
        assertThat(output(events)).isEqualTo("after");
        assertThat(events)
                .filteredOn(event -> event.code() == CastEvent.MARKER)
                .extracting(CastEvent::data)
                .containsExactly(flood.length + " bytes dropped");
    }

    @Test
    void aFullFileIsFollowedByAnother() throws IOException {
        StringBuilder told = new StringBuilder();
        try (PartFile parts = PartFile.begin(Files.createFile(file()), HEADER, new RecordingLimits(2000, 100))) {
            for (int i = 0; i < 400; i++) {
                told.append("line ").append(i).append("\r\n");
                parts.append(List.of(
                        new CastEvent(i * 1000L, CastEvent.OUTPUT, "line " + i + "\r\n"),
                        new CastEvent(i * 1000L, CastEvent.RESIZE, (80 + i) + "x24")));
            }
        }
        assertThat(RecordingFile.parts(file()).size()).isGreaterThan(3);
        List<CastEvent> events = events(file());
        assertThat(output(events)).isEqualTo(told.toString());
        assertThat(events.getLast().micros()).isEqualTo(399_000);
        try (EventCursor second = EventCursor.open(List.of(RecordingFile.part(file(), 2)))) {
            assertThat(second.header().about().part()).isEqualTo(2);
            assertThat(second.header().columns()).isGreaterThan(80);
            assertThat(second.next().orElseThrow().micros())
                    .as("alone it begins where it began")
                    .isPositive();
        }
        assertThat(Recordings.in(folder)).extracting(RecordingFile::file).containsExactly(file());
    }

    @Test
    void afterTheLastFileItSaysThatItIsFull() throws IOException {
        try (PartFile parts = PartFile.begin(Files.createFile(file()), HEADER, new RecordingLimits(1000, 2))) {
            for (int i = 0; i < 400; i++) {
                parts.append(List.of(new CastEvent(i * 1000L, CastEvent.OUTPUT, "line " + i + "\r\n")));
            }
        }
        List<CastEvent> events = events(file());
        assertThat(RecordingFile.parts(file())).hasSize(2);
        assertThat(events.getLast().data()).isEqualTo("recording ended: it is full");
        assertThat(events.stream().filter(event -> event.code() == CastEvent.MARKER))
                .hasSize(1);
    }

    @Test
    void aFailedWriteLeavesWholeLinesAndIsCountedOnce() throws IOException {
        PartFile parts = PartFile.begin(Files.createFile(file()), HEADER, RecordingLimits.USUAL);
        parts.close();
        assertThatThrownBy(() -> parts.append(List.of(new CastEvent(1, CastEvent.OUTPUT, "x"))))
                .isInstanceOf(IOException.class);
        assertThat(events(file())).isEmpty();
    }

    @Test
    @Timeout(60)
    void whoLooksAtTheTerminalIsToldThatItIsRecordedNoMore() throws Exception {
        try (RecordingWriter writer = RecordingWriter.begin(file(), HEADER, new RecordingLimits(600, 1));
                PipedOutputStream guest = new PipedOutputStream();
                InputStream shown = new Recorded(writer, false).output(new PipedInputStream(guest, 1 << 16))) {
            byte[] bytes = new byte[1 << 16];
            while (writer.fault().isEmpty()) {
                guest.write("a".repeat(500).getBytes(StandardCharsets.UTF_8));
                guest.flush();
                assertThat(shown.read(bytes)).isPositive();
                LockSupport.parkNanos(100_000_000);
            }
            guest.write("more".getBytes(StandardCharsets.UTF_8));
            guest.flush();
            StringBuilder text = new StringBuilder();
            while (text.indexOf("more") < 0) {
                text.append(new String(bytes, 0, shown.read(bytes), StandardCharsets.UTF_8));
            }
            assertThat(text)
                    .contains("[Corral] This terminal is not recorded now: it has as much as is kept of one terminal.");
            guest.write("last".getBytes(StandardCharsets.UTF_8));
            guest.flush();
            assertThat(new String(bytes, 0, shown.read(bytes), StandardCharsets.UTF_8))
                    .as("once")
                    .isEqualTo("last");
        }
        assertThat(output(events(file()))).as("it is no part of the recording").doesNotContain("[Corral]");
    }

    @Test
    void onceSomethingIsMissingItIsCompleteNoMore() throws Exception {
        byte[] flood = new byte[RecordingWriter.MOST_WAITING + 1];
        try (RecordingWriter writer = RecordingWriter.begin(file(), HEADER, RecordingLimits.USUAL)) {
            tell(writer, "all of it");
            assertThat(writer.complete()).isTrue();
            writer.output(flood, 0, flood.length);
            assertThat(writer.complete()).as("dropped").isFalse();
            while (!Files.readString(file()).contains("dropped")) {
                LockSupport.parkNanos(20_000_000);
            }
            assertThat(writer.complete()).as("and said so").isFalse();
        }
        Path full = folder.resolve("full.cast");
        try (RecordingWriter writer = RecordingWriter.begin(full, HEADER, new RecordingLimits(300, 1))) {
            tellUntilIncomplete(writer);
            assertThat(writer.fault().orElse("")).contains("as much as is kept");
        }
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (RecordingWriter writer =
                RecordingWriter.begin(gone.resolve("1.cast"), HEADER, new RecordingLimits(300, 9))) {
            Files.delete(gone.resolve("1.cast"));
            Files.delete(gone);
            tellUntilIncomplete(writer);
        }
    }

    private static void tellUntilIncomplete(RecordingWriter writer) {
        while (writer.complete()) {
            tell(writer, "x".repeat(400));
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        RecordingWriter.begin(file(), HEADER, RecordingLimits.USUAL).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }
}
