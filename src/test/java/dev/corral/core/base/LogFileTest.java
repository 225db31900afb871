package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is noted, for whom, how much of it, and that nothing breaks where it can't be. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class LogFileTest {
    @TempDir
    Path temp;

    private Path file() {
        return temp.resolve("state/corral/corral.log");
    }

    private static LogRecord entry(String message, Throwable thrown) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("dev.corral.Test");
        entry.setThrown(thrown);
        return entry;
    }

    @Test
    void liesInTheStateDirectory() {
        assertThat(LogFile.of(new Environment(Map.of("HOME", "/home/ada"))))
                .asString()
                .endsWith("/corral/corral.log")
                .startsWith("/home/ada/");
        assertThat(LogFile.of(new Environment(Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "/var/ada"))))
                .hasToString("/var/ada/corral/corral.log");
        assertThat(LogFile.of(new Environment(Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "ada"))))
                .asString()
                .startsWith("/home/ada/");
    }

    @Test
    void tellsWhatWentWrongToItsUserOnly() throws IOException {
        new LogFile(file())
                .publish(entry("a guest said \u001b]0;pwned\u0007 and\nmore", new IllegalStateException("the cause")));
        assertThat(Files.readString(file()))
                .contains(
                        "WARNING",
                        "dev.corral.Test: a guest said  and\nmore",
                        "IllegalStateException: the cause",
                        "at dev.corral.core.base.LogFileTest")
                .doesNotContain("\u001b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void severalAtOnceStayBoundedAndMixNoLines() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            LogFile log = new LogFile(file());
            threads.add(Thread.ofPlatform().start(() -> {
                for (int number = 0; number < 2000; number++) {
                    log.publish(entry("x".repeat(1000) + " end", null));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(LogFile.LARGEST + 500_000);
        Path before = file().resolveSibling("corral.log.1");
        assertThat(Files.size(before)).isBetween(LogFile.LARGEST, LogFile.LARGEST + 500_000);
        assertThat(Files.readAllLines(before)).allMatch(line -> line.startsWith("2") && line.endsWith("x end"));
        try (var files = Files.list(file().getParent())) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void oneRecordIsBounded() throws IOException {
        new LogFile(file()).publish(entry("x".repeat(50 << 20), null));
        assertThat(Files.size(file())).isLessThan(20_000);
    }

    @Test
    void whereItCanNotBeWrittenNothingBreaks() throws Exception {
        Files.createDirectories(file());
        assertThatCode(() -> new LogFile(file()).publish(entry("in place of a folder", null)))
                .doesNotThrowAnyException();
        Files.delete(file());
        Path other = Files.writeString(temp.resolve("other"), "mine");
        Files.createSymbolicLink(file(), other);
        new LogFile(file()).publish(entry("through a link", null));
        assertThat(other).hasContent("mine");
        Files.delete(file());
        Files.delete(file().getParent());
        Files.writeString(file().getParent(), "no folder");
        LogFile log = new LogFile(file());
        log.publish(entry("below a file", null));
        Files.delete(file().getParent());
        log.publish(entry("at last", null));
        assertThat(Files.readString(file())).contains("at last (1 earlier lines could not be written)");
    }

    @Test
    void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        new LogFile(file()).publish(entry("while interrupted", null));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file())).contains("while interrupted");
    }
}
