package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How shells end, what runs in them, and how many there may be, with a real OpenSSH server. */
@Tag("unit")
@Timeout(60)
class ShellChannelTest {
    @TempDir
    private Path temp;

    @Test
    void theGuestIsToldWhatTerminalItIs() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            for (String name : List.of("screen.xterm-256color", "not a name")) {
                try (ShellChannel shell = guest.shell(80, 24, Optional.empty(), Optional.of(name))) {
                    Path told = temp.resolve("told-" + name.length());
                    run(shell, "printf %s \"$TERM\" > " + told + ".new; mv " + told + ".new " + told);
                    until(() -> Files.exists(told));
                    assertThat(told).hasContent(name.contains(" ") ? "xterm-256color" : name);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "linux", "dumb", "9term", "iTerm2.app", "rxvt-unicode+x", "con80x25_m"})
    void namesOfTerminalsAreKept(String name) {
        assertThat(ShellChannel.terminal(Optional.of(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "two words", "a;b", "$(id)", "../x", "-x", "a\nb", "xterm\u001b[2J", "x/y", "\u0445term"})
    void whatCanBeNoNameIsTheUsualOne(String name) {
        assertThat(ShellChannel.terminal(Optional.of(name))).isEqualTo("xterm-256color");
        assertThat(ShellChannel.terminal(Optional.of("x".repeat(65)))).isEqualTo("xterm-256color");
        assertThat(ShellChannel.terminal(Optional.empty())).isEqualTo("xterm-256color");
    }

    @Test
    @Tag("any_user")
    void closingEndsTheShellAndWhatRunsInIt() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            String mark = "41." + System.nanoTime();
            String other = "42." + System.nanoTime();
            ShellChannel neighbour = guest.shell(80, 24);
            run(neighbour, "sleep " + other);
            ShellChannel shell = guest.shell(80, 24);
            run(shell, "sleep " + mark);
            until(() -> running(mark) && running(other));
            shell.close();
            assertThat(running(mark)).isFalse();
            assertThat(shell.exitStatus().get(1, TimeUnit.SECONDS)).isNotNull();
            assertThat(running(other)).as("a shell of the same session").isTrue();
            assertThat(neighbour.isOpen()).isTrue();
            neighbour.close();
            assertThat(running(other)).isFalse();
        }
    }

    @Test
    void aShellThatIgnoresTheHangUpIsEndedAllTheSame() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            String mark = "43." + System.nanoTime();
            ShellChannel shell = guest.shell(80, 24);
            run(shell, "exec sh -c \"trap '' HUP TERM; while :; do sleep " + mark + "; done\"");
            until(() -> running(mark));
            shell.close();
            until(() -> shells(mark) == 0);
        }
    }

    @Test
    @Tag("any_user")
    void tellsWhatRunsInTheTerminal() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            ShellChannel shell = guest.shell(80, 24);
            run(shell, "sleep 300 &");
            assertThat(shell.use()).as("a job in the background").isEqualTo(TerminalUse.IDLE);
            run(shell, "kill %1; sh -c 'kill -STOP $$; :'");
            until(() -> shell.use().kind() == TerminalUse.Kind.BUSY);
            run(shell, "kill -9 %%; wait; cat");
            until(() -> shell.use().equals(new TerminalUse(TerminalUse.Kind.BUSY, "cat")));
            shell.input().write(4);
            shell.input().flush();
            until(() -> shell.use().equals(TerminalUse.IDLE));
            run(shell, "exit");
            shell.exitStatus().get(5, TimeUnit.SECONDS);
            assertThat(shell.use()).isEqualTo(TerminalUse.IDLE);
        }
    }

    @Test
    void terminalsThatAreClosedTakeNoRoom() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"));
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            for (int i = 0; i < 11; i++) {
                ShellChannel shell = guest.shell(80, 24);
                run(shell, "exec sh -c \"trap '' HUP; cat\"");
                shell.close();
            }
            assertThat(guest.exec(ExecRequest.of("echo", "in")).stdoutText()).isEqualTo("in\n");
        }
    }

    @Test
    void moreShellsThanMaxSessionsGoOverMoreConnections() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"), "MaxSessions 2");
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            List<ShellChannel> shells = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                ShellChannel shell = guest.shell(80, 24);
                shells.add(shell);
                run(shell, "echo number " + i);
                assertThat(guest.exec(ExecRequest.of("echo", "beside")).stdoutText())
                        .isEqualTo("beside\n");
            }
            assertThat(shells).allMatch(ShellChannel::isOpen);
            shells.forEach(ShellChannel::close);
            assertThat(guest.exec(ExecRequest.of("true")).exitCode()).isZero();
        }
    }

    @Test
    void saysSoWhenNoSessionIsAllowed() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"), "MaxSessions 0");
                GuestConnection guest = new GuestConnection(sshd.endpoint())) {
            assertThatThrownBy(() -> guest.shell(80, 24))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("accepts no further session");
            assertThatThrownBy(() -> guest.exec(ExecRequest.of("echo")))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("accepts no further session");
        }
    }

    /** Types a line and waits until the shell has it. */
    private static void run(ShellChannel shell, String line) throws IOException {
        String mark = "m" + System.nanoTime();
        shell.input()
                .write(("echo " + mark.charAt(0) + "\"\"" + mark.substring(1) + "; " + line + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        shell.input().flush();
        InputStream output = shell.output();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (text.indexOf(mark) < 0) {
            int length = output.read(buffer);
            assertThat(length).as("more output after: " + text).isPositive();
            text.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
    }

    private static boolean running(String mark) {
        return count(arguments -> Arrays.asList(arguments).contains(mark)) > 0;
    }

    private static long shells(String mark) {
        return count(arguments ->
                Arrays.stream(arguments).anyMatch(argument -> argument.contains("trap") && argument.contains(mark)));
    }

    private static long count(java.util.function.Predicate<String[]> fits) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().map(fits::test).orElse(false))
                .count();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
