package dev.corral.core.hypervisor.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a console without ever writing to it. */
@Tag("unit")
class ConsoleWatchTest {
    @TempDir
    Path folder;

    private final ConsoleText text = new ConsoleText();

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void aProgramHasATerminalInWhichNobodyTypes() throws Exception {
        Path pid = folder.resolve("pid");
        // What is typed would come back, and the end of what is typed would end cat.
        String program = "test -t 0 && echo \"it's a terminal\"; echo $$ > " + pid + "; exec cat";
        try (ConsoleWatch watch = ConsoleWatch.open(
                new SerialConsole.Program(List.of("/bin/sh", "-c", program)), Environment.system(), text)) {
            until(() -> text.text().contains("terminal") && Files.exists(pid));
            until(() -> !read(pid).isEmpty());
            Thread.sleep(200);
            assertThat(watch.open()).isTrue();
            assertThat(text.text()).isEqualTo("it's a terminal");
        }
        long number = Long.parseLong(read(pid));
        until(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @Test
    void aProgramThatEndsIsOver() throws Exception {
        try (ConsoleWatch watch = ConsoleWatch.open(
                new SerialConsole.Program(List.of("/bin/echo", "gone")), Environment.system(), text)) {
            until(() -> !watch.open());
            until(() -> text.text().equals("gone"));
        }
    }

    @Test
    void aSocketIsReadUntilItEnds() throws Exception {
        Path path = folder.resolve("serial");
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            ConsoleWatch watch = ConsoleWatch.open(new SerialConsole.Socket(path), Environment.system(), text);
            try (SocketChannel guest = server.accept()) {
                guest.write(ByteBuffer.wrap("grub>".getBytes(StandardCharsets.UTF_8)));
                until(() -> text.text().equals("grub>"));
                assertThat(watch.open()).isTrue();
            }
            until(() -> !watch.open());
            watch.close();
        }
    }
}
