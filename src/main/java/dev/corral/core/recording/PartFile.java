package dev.corral.core.recording;

import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file that a recording grows in, one part after the other; whole lines only. Not thread-safe. */
final class PartFile implements AutoCloseable {
    private final Path first;
    private final RecordingLimits limits;
    private CastHeader header;
    private FileChannel channel;
    private long size;
    private boolean full;

    private PartFile(Path first, CastHeader header, RecordingLimits limits) throws IOException {
        this.first = first;
        this.header = header;
        this.limits = limits;
        this.channel = FileChannel.open(first, StandardOpenOption.WRITE);
    }

    static PartFile begin(Path first, CastHeader header, RecordingLimits limits) throws IOException {
        PartFile file = new PartFile(first, header, limits);
        boolean begun = false;
        try {
            file.write(header.line() + "\n");
            begun = true;
        } finally {
            if (!begun) {
                file.channel.close();
            }
        }
        return file;
    }

    Path first() {
        return first;
    }

    /** Whether nothing more goes into it. */
    boolean full() {
        return full;
    }

    /**
     * Appends the events.
     *
     * @throws IOException if it did not work; then none of those since the last full part is there, and it may be tried again
     */
    void append(List<CastEvent> events) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (CastEvent event : events) {
            if (full) {
                return;
            }
            if (size + lines.length() >= limits.bytes()) {
                write(lines.toString());
                lines.setLength(0);
                if (header.about().part() >= limits.parts()) {
                    full = true;
                    lines.append(line(new CastEvent(event.micros(), CastEvent.MARKER, "recording ended: it is full")));
                    break;
                }
                nextPart(event.micros());
            }
            CastLines.append(
                    lines, event.at(Math.max(0, event.micros() - header.about().micros())));
            resized(event);
        }
        write(lines.toString());
    }

    private String line(CastEvent event) {
        StringBuilder line = new StringBuilder();
        CastLines.append(line, event.at(event.micros() - header.about().micros()));
        return line.toString();
    }

    // A later part begins with the size of then.
    private void resized(CastEvent event) {
        if (event.code() == CastEvent.RESIZE) {
            int by = event.data().indexOf('x');
            header = new CastHeader(
                    2,
                    Integer.parseInt(event.data().substring(0, by)),
                    Integer.parseInt(event.data().substring(by + 1)),
                    header.began(),
                    header.title(),
                    header.about());
        }
    }

    private void nextPart(long micros) throws IOException {
        int number = header.about().part() + 1;
        CastHeader next = new CastHeader(
                2,
                header.columns(),
                header.rows(),
                header.began(),
                header.title(),
                header.about().part(number, micros));
        Path file = RecordingFile.part(first, number);
        SafeFiles.touch(file);
        FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        close();
        channel = opened;
        header = next;
        size = 0;
        write(next.line() + "\n");
    }

    private void write(String lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        boolean written = false;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            written = true;
        } finally {
            if (!written && channel.isOpen()) {
                // Half a line would hide the one that follows it.
                channel.truncate(size);
            }
        }
        size += length;
    }

    @Override
    public void close() throws IOException {
        try (FileChannel ended = channel) {
            ended.force(false);
        }
    }
}
