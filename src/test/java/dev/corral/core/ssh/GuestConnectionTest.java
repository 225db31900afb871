package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands and shells over a real OpenSSH server on this machine. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class GuestConnectionTest extends OverSshd {
    @Test
    void givesTheGuestsExitCode() throws Exception {
        assertThat(guest.exec(ExecRequest.of("true")).exitCode()).isZero();
        assertThat(guest.exec(ExecRequest.of("false", "an argument")).exitCode())
                .isEqualTo(1);
        assertThat(sh("exit 7").exitCode()).isEqualTo(7);
        assertThat(sh("kill -TERM $$").exitCode()).isEqualTo(143);
        assertThat(sh("kill -KILL $$").exitCode()).isEqualTo(137);
        ExecResult missing = guest.exec(ExecRequest.of("no-such-program"));
        assertThat(missing.exitCode()).isEqualTo(127);
        assertThat(missing.stderrText()).contains("no-such-program");
    }

    @Test
    void keepsOutputAndErrorApart() throws Exception {
        ExecResult result = sh("echo out; echo err >&2; printf 'no line end' >&2");
        assertThat(result.stdoutText()).isEqualTo("out\n");
        assertThat(result.stderrText()).isEqualTo("err\nno line end");
    }

    @Test
    void passesArgumentsUnchanged() throws Exception {
        List<String> nasty = List.of(
                "",
                " ",
                "a b",
                "it's",
                "\"",
                "$HOME `id` $(id)",
                "a\nb\n",
                "\\",
                "*",
                "~",
                "-n",
                "--",
                "é€😀",
                "a;b|c&",
                "!x",
                "\t",
                "'\\''");
        List<String> argv = new ArrayList<>(List.of("/usr/bin/printf", "%s\\0"));
        argv.addAll(nasty);
        assertThat(guest.exec(ExecRequest.of(argv)).stdoutText()).isEqualTo(String.join("\0", nasty) + "\0");
    }

    @Test
    void appliesVariablesAndDirectory() throws Exception {
        Path directory = Files.createDirectories(temp.resolve("a 'quoted' dir"));
        ExecResult result = guest.exec(ExecRequest.of("sh", "-c", "pwd; printf %s \"$ANSWER\"")
                .withCwd(directory.toString())
                .withEnv(Map.of("ANSWER", "4 'two'\n$x")));
        assertThat(result.stdoutText()).isEqualTo(directory + "\n4 'two'\n$x");
        assertThat(guest.exec(ExecRequest.of("true").withCwd("/no/such")).exitCode())
                .isNotZero();
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("true").withEnv("A-B", "")))
                .isInstanceOf(ExpectedFailure.class);

        Path own = Files.createDirectories(temp.resolve("own path"));
        Files.writeString(own.resolve("only-here"), "#!/bin/sh\necho found\n");
        assertThat(own.resolve("only-here").toFile().setExecutable(true)).isTrue();
        assertThat(guest.exec(ExecRequest.of("only-here").withEnv("PATH", own + ":/usr/bin:/bin"))
                        .stdoutText())
                .isEqualTo("found\n");
    }

    @Test
    void carriesBinaryBothWays() throws Exception {
        byte[] data = new byte[5 * 1024 * 1024];
        new Random(1).nextBytes(data);
        assertThat(guest.exec(ExecRequest.of("cat").withStdin(data)).stdout()).isEqualTo(data);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExecResult streamed = guest.exec(ExecRequest.of("sh", "-c", "cat; echo done >&2")
                .withStdin(data)
                .withStdout(out)
                .withStderr(err));
        assertThat(out.toByteArray()).isEqualTo(data);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
        assertThat(streamed.stdout()).isEmpty();
    }

    @Test
    void anUnreadInputIsNoFailure() throws Exception {
        assertThat(guest.exec(ExecRequest.of("true").withStdin(new byte[8 * 1024 * 1024]))
                        .exitCode())
                .isZero();
        assertThat(guest.exec(ExecRequest.of("cat")).stdout()).isEmpty();
    }

    @Test
    void keepsNoMoreThanAsked() throws Exception {
        ExecResult result =
                guest.exec(ExecRequest.of("sh", "-c", "yes | head -c 3000000").withCaptureLimit(1000));
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).hasSize(1000);
        assertThat(result.truncated()).isTrue();
    }

    @Test
    void aTimeLimitEndsTheWholeProcessGroup() throws Exception {
        String mark = "31." + System.nanoTime();
        ExecResult result = guest.exec(
                ExecRequest.of("sh", "-c", "trap '' TERM; echo begun; sleep " + mark + " & sleep " + mark + "; wait")
                        .withTimeout(Duration.ofMillis(700)));
        assertThat(result.timedOut()).isTrue();
        assertThat(result.exitCode()).isEqualTo(124);
        assertThat(result.stdoutText()).isEqualTo("begun\n");
        assertGone(mark);
    }

    @Test
    void anInterruptEndsTheWholeProcessGroup() throws Exception {
        String mark = "32." + System.nanoTime();
        Thread caller = Thread.ofVirtual()
                .unstarted(() -> assertThatThrownBy(() -> guest.exec(ExecRequest.of("sleep", mark)))
                        .isInstanceOf(InterruptedException.class));
        caller.start();
        await(() -> running(mark));
        caller.interrupt();
        caller.join();
        assertGone(mark);
    }

    @Test
    void aBrokenOutputEndsTheCommand() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("yes").withStdout(broken)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("Broken pipe");
    }

    @Test
    void runsFiftyCommandsAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String number = Integer.toString(i);
                answers.add(threads.submit(() -> guest.exec(ExecRequest.of("sh", "-c", "sleep 0.05; echo " + number))
                        .stdoutText()
                        .strip()));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void carriesAMebibyteOfArguments() throws Exception {
        String argument = "x'y".repeat(64 * 1024 / 3);
        List<String> argv = new ArrayList<>(List.of("/usr/bin/printf", "%s"));
        for (int i = 0; i < 16; i++) {
            argv.add(argument);
        }
        assertThat(guest.exec(ExecRequest.of(argv).withStdin("unread".getBytes(StandardCharsets.UTF_8)))
                        .stdoutText())
                .isEqualTo(argument.repeat(16));
        try (Stream<Path> left = Files.list(Path.of("/tmp"))) {
            assertThat(left.filter(path -> path.getFileName().toString().matches("corral\\.\\w{8}")))
                    .isEmpty();
        }
    }

    @Test
    void runsAsAnotherUser() throws Exception {
        Assumptions.assumeTrue(
                LoopbackSshd.isRoot() && Files.isExecutable(Path.of("/usr/bin/sudo")),
                "only root can become anybody else, with sudo");
        ExecResult result = guest.exec(ExecRequest.of("sh", "-c", "id -un; echo \"$V\"; cat; echo e >&2")
                .withUser("nobody")
                .withEnv("V", "a b")
                .withCwd("/")
                .withStdin("in".getBytes(StandardCharsets.UTF_8)));
        assertThat(result.stdoutText()).isEqualTo("nobody\na b\nin");
        assertThat(result.stderrText()).isEqualTo("e\n");
        assertThat(guest.exec(ExecRequest.of("sh", "-c", "kill -TERM $$")
                                .withUser("nobody")
                                .withCwd("/"))
                        .exitCode())
                .isEqualTo(143);
        assertThatThrownBy(() -> guest.exec(ExecRequest.of("true").withUser("no-such-user")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("loopback has no user no-such-user.");

        String mark = "33." + System.nanoTime();
        assertThat(guest.exec(ExecRequest.of("sleep", mark).withUser("nobody").withTimeout(Duration.ofMillis(500)))
                        .timedOut())
                .isTrue();
        assertGone(mark);
    }

    @Test
    void connectsAgainAfterTheServerWasKilled() throws Exception {
        try (LoopbackSshd other = new LoopbackSshd(temp.resolve("other"));
                GuestConnection kept = new GuestConnection(other.endpoint())) {
            assertThat(kept.exec(ExecRequest.of("true")).exitCode()).isZero();
            Thread lost = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(() -> kept.exec(ExecRequest.of("sleep", "30")))
                            .isInstanceOf(ExpectedFailure.class)
                            .hasMessageContaining("was lost"));
            Thread.sleep(200);
            other.kill();
            assertThat(lost.join(Duration.ofSeconds(5))).isTrue();
            assertThatThrownBy(() -> kept.exec(ExecRequest.of("true")))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("Nothing answers at 127.0.0.1:");
            other.start();
            assertThat(kept.exec(ExecRequest.of("echo", "back")).stdoutText()).isEqualTo("back\n");

            other.kill();
            other.newKey("host");
            other.start();
            assertThatThrownBy(() -> kept.exec(ExecRequest.of("true")))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("its host key changed");
        }
    }

    @Test
    void copesWithFewerChannels() throws Exception {
        try (LoopbackSshd other = new LoopbackSshd(temp.resolve("narrow"), "MaxSessions 2");
                GuestConnection kept = new GuestConnection(other.endpoint());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                codes.add(threads.submit(
                        () -> kept.exec(ExecRequest.of("sleep", "0.1")).exitCode()));
            }
            for (Future<Integer> code : codes) {
                assertThat(code.get()).isZero();
            }
        }
    }

    @Test
    void saysWhyALoginFails() throws Exception {
        SshEndpoint endpoint = sshd.endpoint();
        Path stranger = sshd.newKey("stranger");
        assertFails(
                new SshEndpoint(endpoint.host(), endpoint.port(), endpoint.user(), List.of(stranger), "box"),
                "does not let the user");
        assertFails(
                new SshEndpoint(
                        endpoint.host(), endpoint.port(), endpoint.user(), List.of(temp.resolve("none")), "box"),
                "it does not exist");
        assertFails(
                new SshEndpoint(endpoint.host(), endpoint.port(), endpoint.user(), List.of(), "box"),
                "names no private key");
        assertFails(
                new SshEndpoint("127.0.0.1", 1, endpoint.user(), endpoint.identityFiles(), "box"), "Nothing answers");
        assertFails(
                new SshEndpoint(
                        endpoint.host(),
                        endpoint.port(),
                        endpoint.user(),
                        endpoint.identityFiles(),
                        Optional.of("nc h 1"),
                        "box"),
                "proxy command");
    }

    @Test
    void opensAShellThatFollowsTheSize() throws Exception {
        try (ShellChannel shell = guest.shell(101, 33)) {
            send(shell, "PS1=; stty -echo; stty size; echo $TERM\n");
            assertThat(readUntil(shell, "xterm-256color")).contains("33 101");
            shell.resize(77, 22);
            send(shell, "stty size; echo en\"\"d\n");
            assertThat(readUntil(shell, "end")).contains("22 77");
            send(shell, "exit 5\n");
            assertThat(shell.exitStatus().get(5, TimeUnit.SECONDS)).isEqualTo(5);
        }
        ShellChannel hungUp = guest.shell(80, 24);
        hungUp.close();
        assertThat(hungUp.exitStatus().get(5, TimeUnit.SECONDS))
                .as("ended by HUP")
                .isIn(129, ShellChannel.LOST);
    }

    private static ExecResult sh(String script) throws InterruptedException {
        return guest.exec(ExecRequest.of("sh", "-c", script));
    }

    private static void assertFails(SshEndpoint endpoint, String words) {
        try (GuestConnection connection = new GuestConnection(endpoint)) {
            assertThatThrownBy(() -> connection.exec(ExecRequest.of("true")))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining(words);
        }
    }

    private static void assertGone(String mark) throws InterruptedException {
        await(() -> !running(mark));
    }

    private static boolean running(String mark) {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(mark))
                .orElse(false));
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void send(ShellChannel shell, String text) throws IOException {
        shell.input().write(text.getBytes(StandardCharsets.UTF_8));
        shell.input().flush();
    }

    private static String readUntil(ShellChannel shell, String end) throws IOException {
        InputStream output = shell.output();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.toString().contains(end)) {
            int length = output.read(buffer);
            assertThat(length).as("more output after: " + text).isPositive();
            text.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
