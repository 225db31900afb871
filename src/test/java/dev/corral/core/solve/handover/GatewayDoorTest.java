package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes in, what they get, and what they do not. */
@Tag("unit")
@Timeout(90)
class GatewayDoorTest extends HandedOver {
    @Test
    void nothingButATerminalIsToBeHad() throws Exception {
        Path there = Files.writeString(folder.resolve("there"), "x");
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)));
                ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Path touched = folder.resolve("touched");
            List<String> command = ssh(serving);
            command.add("touch " + touched);
            assertThat(run(command, "").status()).isNotZero();
            command = ssh(serving, "-tt");
            command.add("touch " + touched);
            assertThat(run(command, "").status()).isNotZero();
            assertThat(run(ssh(serving, "-T"), "touch " + touched + "\n").status())
                    .isNotZero();
            assertThat(touched).doesNotExist();
            String at = "corral@127.0.0.1:" + folder.resolve("copied");
            assertThat(run(command("scp", "-P", serving, key, new String[] {there.toString()}, at), "")
                            .status())
                    .isNotZero();
            assertThat(run(command("scp", "-P", serving, key, new String[] {"-O", there.toString()}, at), "")
                            .status())
                    .isNotZero();
            assertThat(run(command("sftp", "-P", serving, key, new String[0], "corral@127.0.0.1"), "ls\n")
                            .status())
                    .isNotZero();
            assertThat(folder.resolve("copied")).doesNotExist();
            String port = Integer.toString(inside.getLocalPort());
            assertThat(run(ssh(serving, "-W", "127.0.0.1:" + port), "x").status())
                    .as("direct-tcpip, as -L and -D use it")
                    .isNotZero();
            assertThat(run(ssh(serving, "-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:" + port), "")
                            .status())
                    .isNotZero();
            assertThat(run(
                                    ssh(
                                            serving,
                                            "-o",
                                            "ExitOnForwardFailure=yes",
                                            "-N",
                                            "-R",
                                            folder + "/s:127.0.0.1:" + port),
                                    "")
                            .status())
                    .isNotZero();
            Said env = run(ssh(serving, "-tt", "-A", "-X", "-o", "SetEnv=EVIL=yes LC_X=y"), "env\nexit\n");
            assertThat(env.text())
                    .doesNotContain("SSH_AUTH_SOCK")
                    .doesNotContain("EVIL")
                    .doesNotContain("DISPLAY=");
        }
    }

    @Test
    void aTunnelThroughItLeadsNowhere() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)));
                ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int here;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                here = free.getLocalPort();
            }
            Process ssh = new ProcessBuilder(ssh(serving, "-tt", "-L", here + ":127.0.0.1:" + inside.getLocalPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            try {
                until(() -> serving.terminals() == 1);
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), here)) {
                    socket.setSoTimeout(10_000);
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
                inside.setSoTimeout(200);
                assertThatThrownBy(inside::accept).isInstanceOf(java.net.SocketTimeoutException.class);
            } finally {
                ssh.destroyForcibly().waitFor();
            }
            until(() -> serving.terminals() == 0);
        }
    }

    @Test
    void anotherKeyAndAPasswordLetNobodyIn() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Path other = machine.newKey("eve");
            Said said = run(command("ssh", "-p", serving, other, new String[] {"-tt"}, "corral@127.0.0.1"), "");
            assertThat(said.text()).contains("Permission denied (publickey)");
            // That of the machine itself is none either.
            Said login = run(
                    command(
                            "ssh",
                            "-p",
                            serving,
                            machine.endpoint().identityFiles().getFirst(),
                            new String[] {"-tt"},
                            "root@127.0.0.1"),
                    "");
            assertThat(login.text()).contains("Permission denied (publickey)");
            assertThat(journal()).containsExactly(EntryKind.HANDED);
        }
    }

    @Test
    void strangersAreKeptWithinBoundsAndThePersonStillComesIn() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            byte[] garbage = new byte[100_000];
            java.util.Arrays.fill(garbage, (byte) 'x');
            for (int i = 0; i < 25; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), serving.grant().port());
                sockets.add(socket);
            }
            List<Socket> waiting = new ArrayList<>();
            for (Socket socket : sockets) {
                if (!ended(socket)) {
                    waiting.add(socket);
                }
            }
            // One too many is closed; that nothing comes from it would be no cut.
            assertThat(waiting).hasSizeBetween(1, 4);
            for (Socket socket : waiting) {
                try {
                    socket.getOutputStream().write(garbage);
                } catch (IOException e) {
                    assertThat(e).isNotNull();
                }
            }
            // Garbage ends a connection, which makes room.
            until(() ->
                    run(ssh(serving, "-tt"), "echo a$((1+1))b\nexit\n").text().contains("a2b"));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean ended(Socket socket) throws IOException {
        socket.setSoTimeout(1_000);
        try {
            int read = socket.getInputStream().read();
            while (read >= 0) {
                read = socket.getInputStream().read();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            // Reset, since we had said something or it had.
            return true;
        }
    }

    @Test
    void strangersTakeNoPlaceOfThoseWhoAreIn() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        List<Process> all = new ArrayList<>();
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            for (int i = 0; i < HandoverDoor.MOST; i++) {
                all.add(new ProcessBuilder(ssh(serving, "-tt"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out" + i).toFile())
                        .start());
            }
            until(() -> serving.terminals() == HandoverDoor.MOST);
            int waiting = 0;
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), serving.grant().port());
                sockets.add(socket);
                waiting += ended(socket) ? 0 : 1;
            }
            assertThat(waiting).isEqualTo(4);
            assertThat(serving.terminals()).isEqualTo(HandoverDoor.MOST);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
            all.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void onePersonHasSoManyTerminalsAtOnce() throws Exception {
        List<Process> all = new ArrayList<>();
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            for (int i = 0; i < HandoverDoor.MOST; i++) {
                all.add(new ProcessBuilder(ssh(serving, "-tt"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out" + i).toFile())
                        .start());
            }
            until(() -> serving.terminals() == HandoverDoor.MOST);
            assertThat(run(ssh(serving, "-tt"), "").text()).contains("You have 4 terminals open already.");
        } finally {
            all.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void theMachineIsToldHowLargeThePersonsTerminalIs() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)));
                GuestConnection person = new GuestConnection(
                        new SshEndpoint("127.0.0.1", serving.grant().port(), "corral", List.of(key), "gateway"));
                ShellChannel shell = person.shell(133, 41, Optional.empty(), Optional.of("screen"))) {
            StringBuilder shown = new StringBuilder();
            Thread.ofVirtual().start(() -> {
                byte[] buffer = new byte[8192];
                try {
                    for (int count = shell.output().read(buffer);
                            count >= 0;
                            count = shell.output().read(buffer)) {
                        synchronized (shown) {
                            shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                        }
                    }
                } catch (IOException e) {
                    shown.append(e);
                }
            });
            type(shell, "echo $TERM; stty size\n");
            until(() -> shows(shown, "screen") && shows(shown, "41 133"));
            shell.resize(99, 30);
            until(() -> {
                type(shell, "stty size\n");
                Thread.sleep(100);
                return shows(shown, "30 99");
            });
        }
        assertThat(recorded()).contains("\"r\", \"99x30\"");
    }

    private static void type(ShellChannel shell, String text) throws IOException {
        shell.input().write(text.getBytes(StandardCharsets.UTF_8));
        shell.input().flush();
    }

    private static boolean shows(StringBuilder shown, String text) {
        synchronized (shown) {
            return shown.indexOf(text) >= 0;
        }
    }
}
