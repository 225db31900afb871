package dev.corral.core.base;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file that every process of a user writes what goes wrong to: {@code corral/corral.log} in the user's state directory, and
 * its predecessor {@code corral.log.1}. It is opened for each record, so that any process may put a fresh one in its place. A
 * directory that can't be written or is full costs the records and nothing else. Thread-safe.
 */
public final class LogFile extends Handler {
    /** Bytes after which a fresh file begins. */
    static final long LARGEST = 1 << 20;

    private static final int LONGEST_RECORD = 16 * 1024;
    private static final Logger ROOT = Logger.getLogger("");
    // Kept here, or the level set on it would be collected with it.
    private static final Logger OURS = Logger.getLogger("dev.corral");
    private static volatile @Nullable LogFile installed;

    private final Path file;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private long lost;
    private volatile boolean written;

    /** A log in this file, whose directory need not exist yet. */
    LogFile(Path file) {
        this.file = file;
    }

    /** Where the log of this environment's user lies; it need not exist. */
    public static Path of(Environment environment) {
        return environment.userState().resolve("corral").resolve("corral.log");
    }

    /** Sends all log records of this process there, and nowhere else. */
    public static void install(Environment environment) {
        LogManager.getLogManager().reset();
        LogFile log;
        try {
            log = new LogFile(of(environment));
        } catch (InvalidPathException e) {
            // A home that is no path has no place for a log; whoever needs the home next says so in words.
            return;
        }
        installed = log;
        ROOT.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        ROOT.addHandler(log);
    }

    /** The log, once this process has written to it. */
    public static Optional<Path> written() {
        return Optional.ofNullable(installed).filter(log -> log.written).map(log -> log.file);
    }

    @Override
    public void publish(LogRecord entry) {
        // An interrupted thread could write nothing, and must stay interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            write(entry);
            written = true;
        } catch (IOException | RuntimeException e) {
            // There is nowhere left to say so; the next record that gets through does.
            lost++;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void write(LogRecord entry) throws IOException {
        Files.createDirectories(file.getParent(), attributes("rwx------"));
        if (size() > LARGEST) {
            rotate();
        }
        byte[] text = text(entry).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                attributes("rw-------"))) {
            if (channel.size() > 2 * LARGEST) {
                // It could not be put aside.
                throw new IOException("the log is full");
            }
            // In one write, so that records of two processes do not mix.
            channel.write(ByteBuffer.wrap(text));
        }
        lost = 0;
    }

    // A pipe in its place would be waited for.
    private long size() throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new IOException(file + " is no ordinary file");
            }
            return attributes.size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    // Who comes second looks again, or it would put the fresh file in the place of the full one.
    private void rotate() throws IOException {
        try (FileChannel guard = FileChannel.open(
                        file.resolveSibling(file.getFileName() + ".lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                        attributes("rw-------"));
                FileLock lock = guard.tryLock()) {
            if (lock != null && size() > LARGEST) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (OverlappingFileLockException e) {
            // Another log of this process does it just now.
            return;
        }
    }

    private String text(LogRecord entry) {
        StringBuilder text = new StringBuilder();
        text.append(entry.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(entry.getLevel().getName())
                .append(" [")
                .append(ProcessHandle.current().pid())
                .append(' ')
                .append(PlainText.line(Thread.currentThread().getName(), 60))
                .append("] ")
                .append(entry.getLoggerName())
                .append(": ")
                .append(formatter.formatMessage(entry));
        if (lost > 0) {
            text.append(" (").append(lost).append(" earlier lines could not be written)");
        }
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            text.append('\n').append(trace);
        }
        String whole = text.length() <= LONGEST_RECORD ? text.toString() : text.substring(0, LONGEST_RECORD) + " …";
        // What guests say is in it, and somebody will look at it in a terminal.
        return whole.lines().map(PlainText::of).collect(Collectors.joining("\n", "", "\n"));
    }

    private static FileAttribute<?>[] attributes(String mode) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))};
    }

    @Override
    public void flush() {
        // Every record is written at once.
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
