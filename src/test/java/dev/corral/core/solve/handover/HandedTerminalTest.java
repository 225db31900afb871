package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.RecordingLimits;
import dev.corral.core.recording.RecordingWriter;
import dev.corral.core.ssh.ShellChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A terminal that was handed over ends where its recording does. */
@Tag("unit")
@Timeout(90)
class HandedTerminalTest extends HandedOver {
    private final CompletableFuture<String> left = new CompletableFuture<>();

    private Recorded recorded(RecordingLimits limits) throws IOException {
        CastHeader header =
                CastHeader.of(80, 24, Instant.now(), "web", new CastHeader.About(sandbox.id(), "", "hand-over", 1, 0));
        return new Recorded(RecordingWriter.begin(folder.resolve("one.cast"), header, limits), true);
    }

    private HandedTerminal terminal(RecordingLimits limits, AtomicLong room, String command) throws Exception {
        ShellChannel shell = guest.shell(80, 24, Optional.of("dumb"), command);
        return new HandedTerminal(shell, Optional.of(recorded(limits)), room, left::complete);
    }

    private static String all(HandedTerminal terminal) throws IOException {
        return new String(terminal.output().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsShownEndsItWhenTheRecordingIsFull() throws Exception {
        try (HandedTerminal terminal = terminal(
                new RecordingLimits(2_000, 1), new AtomicLong(1 << 30), "while :; do echo again; sleep 0.01; done")) {
            assertThat(all(terminal)).contains("[Corral] This terminal can't be recorded any more.");
            assertThat(terminal.exitStatus().get(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(left.get(10, TimeUnit.SECONDS)).isEqualTo("This terminal can't be recorded any more.");
    }

    @Test
    void whatIsTypedIsCountedAsItIsWritten() throws Exception {
        AtomicLong room = new AtomicLong(3_000);
        try (HandedTerminal terminal = terminal(RecordingLimits.USUAL, room, "stty -echo; exec cat > /dev/null")) {
            CompletableFuture<String> shown = CompletableFuture.supplyAsync(() -> {
                try {
                    return all(terminal);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            OutputStream keys = terminal.input();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            keys.write(new byte[100]);
                            keys.flush();
                        }
                    })
                    .hasMessage("As much was shown and typed as is recorded.");
            assertThat(shown.get(20, TimeUnit.SECONDS)).contains("[Corral] As much was shown and typed");
        }
        assertThat(left.get(10, TimeUnit.SECONDS)).startsWith("As much");
    }

    @Test
    void sizesAreCountedToo() throws Exception {
        AtomicLong room = new AtomicLong(2_000);
        try (HandedTerminal terminal = terminal(RecordingLimits.USUAL, room, "exec sleep 60")) {
            for (int i = 0; i < 100; i++) {
                terminal.resize(80 + i, 24);
            }
            assertThat(all(terminal)).contains("[Corral] As much was shown and typed");
        }
    }

    @Test
    void aBurstLosesNothing() throws Exception {
        try (HandedTerminal terminal = terminal(
                        RecordingLimits.USUAL, new AtomicLong(1 << 30), "head -c 20000000 /dev/zero | tr '\\0' x");
                InputStream output = terminal.output()) {
            byte[] buffer = new byte[32 << 10];
            long size = 0;
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                size += count;
            }
            assertThat(size).isEqualTo(20_000_000);
        }
        assertThat(left.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void theSizeInARecordingIsThatOfItsEscapes() {
        for (String text : List.of("plain", "\u0000\u001b\u007f", "\"\\\r\n\t")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int escaped = text.equals("plain") ? 5 : text.length() == 3 ? 18 : 10;
            assertThat(HandedTerminal.escaped(bytes, 0, bytes.length)).isEqualTo(32 + escaped);
        }
    }
}
