package dev.corral.core.ssh.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.OverSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command ends when it has ended, whatever it left running in the background with its output in hand. */
@Tag("unit")
@Tag("any_user")
@Timeout(90)
class BackgroundChildTest extends OverSshd {
    @Test
    void theCommandsEndIsTheEnd() throws Exception {
        Path stop = temp.resolve("stop-end");
        for (ExecRequest request : List.of(
                sh(forever(stop, ":") + "& echo started; echo err >&2; exit 3"),
                sh(forever(stop, ":") + "& echo started; echo err >&2; exit 3").withTimeout(Duration.ofSeconds(20)),
                sh(forever(stop, ":") + "<&0 & echo started; echo err >&2; exit 3")
                        .withStdin("some".getBytes()))) {
            // The child goes on until the file is there, and that is made last: whoever waited for the child would wait
            // for ever.
            ExecResult result = guest.exec(request);
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.timedOut()).isFalse();
            assertThat(result.stdoutText()).isEqualTo("started\n");
            assertThat(result.stderrText()).isEqualTo("err\n");
        }
        Files.createFile(stop);
    }

    @Test
    void aTimeLimitThatComesWhileChildrenAreDrainedEndsNobody() throws Exception {
        Path stop = temp.resolve("stop-limit");
        Path alive = temp.resolve("alive-limit");
        ExecResult result = guest.exec(
                sh(forever(stop, "date >" + alive) + "& echo started").withTimeout(Duration.ofMillis(400)));
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdoutText()).isEqualTo("started\n");
        writesAgain(alive);
        Files.createFile(stop);
    }

    @Test
    void whatItWritesLaterIsDroppedAndItLivesOn() throws Exception {
        Assumptions.assumeTrue(LoopbackSshd.isRoot(), "only root can see which pipe is meant");
        Path stop = temp.resolve("stop-later");
        for (String user : List.of("", "nobody")) {
            Path alive = Files.createFile(temp.resolve("alive-later" + user));
            assertThat(alive.toFile().setWritable(true, false) && temp.toFile().setExecutable(true, false))
                    .isTrue();
            // More than any buffer on the way holds.
            String script = forever(stop, "echo word; echo word >&2; head -c 100000 /dev/zero; date +%N >" + alive);
            ExecRequest request = sh(script + "& echo started");
            ExecResult result =
                    guest.exec(user.isEmpty() ? request : request.withUser(user).withCwd("/"));
            // The child may be the first to print.
            assertThat(result.stdoutText()).contains("started\n");
            guest.drop();
            writesAgain(alive);
            writesAgain(alive);
        }
        Files.createFile(stop);
    }

    @Test
    void pipesBetweenItsOwnChildrenAreLeftAlone() throws Exception {
        Path copy = temp.resolve("copy");
        guest.exec(sh("{ sleep 1.5; seq 20000; sleep 1; seq 20000; } | tee " + copy
                + " | cat >/dev/null 2>&1 & sleep 30 & echo started"));
        String numbers =
                String.join(
                                "\n",
                                java.util.stream.IntStream.rangeClosed(1, 20000)
                                        .mapToObj(Integer::toString)
                                        .toList()) + "\n";
        await(() -> content(copy).length() >= 2 * numbers.length());
        assertThat(content(copy)).isEqualTo(numbers.repeat(2));
    }

    @Test
    void outputThatKeepsComingIsTheChildsOwn() throws Exception {
        for (String child : List.of("yes", "while echo x; do sleep 0.05; done", "while echo x; do sleep 0.4; done")) {
            Path goes = Files.createFile(temp.resolve("goes-on"));
            String whileItGoes =
                    "(i=0; while [ -e " + goes + " ] && [ $i -lt 900 ]; do i=$((i + 1)); sleep 0.1; done; ";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ExecResult result = guest.exec(sh("(" + child + ") & p=$!; seq 50000 >&2; " + whileItGoes
                            + "kill $p; pkill -P $p) >/dev/null 2>&1 & exit 4")
                    .withStdout(out));
            // The command has ended although its child writes on.
            Files.delete(goes);
            assertThat(result.exitCode()).as(child).isEqualTo(4);
            assertThat(result.stderrText()).endsWith("\n50000\n");
        }
    }

    @Test
    void theCommandsOwnOutputComesWholeHoweverSlowlyItIsTaken() throws Exception {
        Path stop = temp.resolve("stop-slow");
        int size = 2_000_000;
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                taken.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    Thread.sleep(taken.size() > size - 500_000 ? 400 : 1);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                taken.write(bytes, offset, length);
            }
        };
        ExecResult result = guest.exec(
                sh(forever(stop, ":") + "& head -c " + size + " /dev/zero").withStdout(slow));
        assertThat(result.exitCode()).isZero();
        assertThat(taken.size()).isEqualTo(size);
        assertThat(guest.exec(sh(forever(stop, ":") + "& head -c 3000000 /dev/zero"))
                        .stdout())
                .hasSize(3_000_000);
        Files.createFile(stop);
    }

    @Test
    void whatEndsSoonAfterTheCommandIsHeard() throws Exception {
        assertThat(guest.exec(sh("(sleep 0.3; echo late) & echo first")).stdoutText())
                .isEqualTo("first\nlate\n");
    }

    @Test
    void aGuestThatPausesMeanwhileLosesNothing() throws Exception {
        try (LoopbackSshd other = new LoopbackSshd(temp.resolve("pausing"));
                GuestConnection there = new GuestConnection(other.endpoint())) {
            there.exec(ExecRequest.of("true"));
            Path stop = temp.resolve("stop-pause");
            Thread pauses = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(300);
                    other.paused(true);
                    Thread.sleep(1500);
                    other.paused(false);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            ExecResult result = there.exec(sh(forever(stop, ":") + "& sleep 0.4; seq 5000"));
            pauses.join();
            assertThat(result.stdoutText()).endsWith("\n5000\n");
            Files.createFile(stop);
        }
    }

    @Test
    void thirtyOfThemTakeNoChannelAway() throws Exception {
        Path stop = temp.resolve("stop-thirty");
        Path counts = Files.createDirectories(temp.resolve("counts"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ExecResult>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ExecRequest request = sh(forever(stop, "echo word; date +%N >" + counts.resolve(Integer.toString(i)))
                        + "& echo started");
                results.add(threads.submit(() -> guest.exec(request)));
            }
            for (Future<ExecResult> result : results) {
                assertThat(result.get().exitCode()).isZero();
                assertThat(result.get().stdoutText()).contains("started\n");
            }
        }
        try {
            assertThat(guest.exec(ExecRequest.of("echo", "room")).stdoutText()).isEqualTo("room\n");
            if (LoopbackSshd.isRoot()) {
                for (int i = 0; i < 30; i++) {
                    writesAgain(counts.resolve(Integer.toString(i)));
                }
            }
        } finally {
            // Else they go on writing into a folder that is being removed.
            Files.createFile(stop);
            Thread.sleep(500);
        }
    }

    @Test
    void anOutputThatBreaksAfterTheCommandsEndIsNotHushedUp() {
        OutputStream breaks = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("no space left");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                write(0);
            }
        };
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("echo", "word").withStdout(breaks)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("no space left");
    }

    /** Shell text: does this ten times a second until the file is there, for a minute and a half at most. */
    private static String forever(Path stop, String what) {
        return "(i=0; while [ ! -e " + stop + " ] && [ $i -lt 900 ]; do i=$((i + 1)); " + what + "; sleep 0.1; done) ";
    }

    private static ExecRequest sh(String script) {
        return ExecRequest.of("sh", "-c", script);
    }

    private static void writesAgain(Path file) throws InterruptedException {
        String before = content(file);
        await(() -> !content(file).isBlank() && !content(file).equals(before));
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
