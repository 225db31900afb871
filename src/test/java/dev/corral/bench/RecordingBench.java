package dev.corral.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.RecordingLimits;
import dev.corral.core.recording.RecordingWriter;
import dev.corral.core.recording.replay.Player;
import dev.corral.core.recording.replay.Recording;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What recording a terminal costs, and how an eight-hour recording is looked at. */
final class RecordingBench {
    private static final double MOST_CORE = 0.02;
    private static final double MOST_OPEN = 1;
    private static final double MOST_SEEK = 0.1;
    private static final long MOST_HEAP = 200L << 20;
    private static final int SECONDS = 10;
    private static final int PIECE = 16 << 10;
    private static final int PIECES_A_SECOND = 64;
    private static final long HOURS = 8;

    private RecordingBench() {}

    static boolean run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        out.println();
        out.println("Recording of a terminal");
        for (int round = 0; round < 2; round++) {
            // The first one warms up.
            pour(folder.resolve("warm" + round + ".cast"), true, 3);
            pour(folder.resolve("cold" + round + ".cast"), false, 3);
        }
        double without = pour(folder.resolve("off.cast"), false, SECONDS);
        double with = pour(folder.resolve("on.cast"), true, SECONDS);
        boolean good = holds(out, "CPU of recording 1 MiB/s", with - without, MOST_CORE, "of a core");
        good &= look(out, eightHours(folder.resolve("long.cast")));
        return good;
    }

    private static boolean holds(PrintStream out, String what, double value, double most, String unit) {
        boolean holds = value <= most;
        out.printf(
                Locale.ROOT,
                "  %s: %s %.4f %s (to reach: %.4f)%n",
                holds ? "holds" : "DOES NOT HOLD",
                what,
                value,
                unit,
                most);
        return holds;
    }

    // Reads a megabyte a second, as the terminal does, and gives the share of a core that the process took.
    private static double pour(Path file, boolean records, int seconds) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        byte[] buffer = new byte[PIECE];
        try (InputStream shown = new Paced(seconds)) {
            if (!records) {
                return share(system, shown, buffer);
            }
            CastHeader header = CastHeader.of(120, 40, Instant.now(), "bench", CastHeader.About.NOTHING);
            try (Recorded recorded = new Recorded(RecordingWriter.begin(file, header, RecordingLimits.USUAL), false)) {
                return share(system, recorded.output(shown), buffer);
            }
        }
    }

    private static double share(OperatingSystemMXBean system, InputStream from, byte[] buffer) throws IOException {
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        int count = from.read(buffer);
        while (count >= 0) {
            count = from.read(buffer);
        }
        return (system.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begin);
    }

    /** Output of a build, so fast. */
    private static final class Paced extends InputStream {
        private final byte[] text = sample(new Random(1), PIECE).getBytes(StandardCharsets.UTF_8);
        private final long begin = System.nanoTime();
        private final long pieces;
        private long read;

        Paced(int seconds) {
            pieces = (long) seconds * PIECES_A_SECOND;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (read == pieces) {
                return -1;
            }
            long due = begin + read * 1_000_000_000L / PIECES_A_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            read++;
            int count = Math.min(length, Math.min(PIECE, text.length));
            System.arraycopy(text, 0, bytes, offset, count);
            return count;
        }
    }

    private static String sample(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("\u001b[32m[").append(random.nextInt(100)).append("%]\u001b[0m Building C object src/");
            text.append(Long.toString(random.nextLong(), 36)).append(".o — fertig\r\n");
        }
        return text.substring(0, length);
    }

    // 40 MB: somebody types, looks at files, and builds now and then.
    private static Path eightHours(Path file) throws IOException {
        Random random = new Random(2);
        long end = HOURS * 3600 * 1_000_000;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(CastHeader.of(120, 40, Instant.now(), "bench", CastHeader.About.NOTHING)
                            .line() + "\n");
            StringBuilder line = new StringBuilder();
            for (long at = 0; at < end; at += 200_000 + random.nextInt(400_000)) {
                String text = random.nextInt(4) > 0
                        ? "" + (char) ('a' + random.nextInt(26))
                        : "\r\n" + sample(random, 100 + random.nextInt(4000)) + "\r\nvagrant@debian:~$ ";
                line.setLength(0);
                CastLines.append(line, new CastEvent(at, CastEvent.OUTPUT, text));
                out.append(line);
            }
            line.setLength(0);
            CastLines.append(line, new CastEvent(end, CastEvent.OUTPUT, "end"));
            out.append(line);
        }
        return file;
    }

    private static boolean look(PrintStream out, Path file) throws IOException {
        out.printf(Locale.ROOT, "  an 8-hour recording of %d MB%n", Files.size(file) / 1_000_000);
        long begin = System.nanoTime();
        boolean good = true;
        try (Recording recording = Recording.open(file);
                Player player = new Player(recording)) {
            player.at(0);
            good &= holds(out, "opened, first screen after", since(begin), MOST_OPEN, "s");
            recording.length();
            out.printf(Locale.ROOT, "    all of it read after %.2f s%n", since(begin));
            Random random = new Random(3);
            double slowest = 0;
            for (int i = 0; i < 200; i++) {
                long seek = System.nanoTime();
                player.at((long) (random.nextDouble() * HOURS * 3600e6));
                slowest = i < 20 ? 0 : Math.max(slowest, since(seek));
            }
            good &= holds(out, "slowest of 180 seeks", slowest, MOST_SEEK, "s");
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            good &= holds(out, "heap", heap / 1048576.0, MOST_HEAP / 1048576.0, "MiB");
        }
        return good;
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
