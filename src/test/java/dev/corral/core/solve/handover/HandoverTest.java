package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.recording.Recordings;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.handover.Grant.Why;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that is this computer's OpenSSH server, handed over to a person with the real ssh. */
@Tag("unit")
@Timeout(90)
class HandoverTest {
    @TempDir
    private Path folder;

    private Environment environment;
    private LoopbackSshd machine;
    private GuestConnection guest;
    private SandboxFiles sandbox;
    private Stored session;
    private Handover handover;
    private Path key;

    @BeforeEach
    void machine() throws Exception {
        environment = new Environment(Map.of(
                "INSPECT_SANDBOX_CACHE_DIR", folder.resolve("cache").toString(),
                "XDG_STATE_HOME", folder.resolve("state").toString()));
        sandbox = new SandboxStore(folder.resolve("cache")).create("web-1");
        Files.writeString(sandbox.manifest(), "{}");
        machine = new LoopbackSshd(folder.resolve("sshd"));
        guest = new GuestConnection(machine.endpoint());
        key = machine.newKey("ann");
        SolveStore sessions = new SolveStore(environment);
        session = sessions.create(new SolveSession(
                "web-1-00000001",
                Instant.now(),
                "me",
                "/e.py",
                "ctf",
                "web-1",
                1,
                folder.toString(),
                false,
                SolveOptions.usual()));
        session.folder().addSandbox(sandbox.id());
        handover = new Handover(environment, sessions, (id, name) -> guest, id -> () -> {});
    }

    @AfterEach
    void close() {
        guest.close();
        machine.close();
    }

    private Handover.Wish wish(String named, Duration time) {
        return new Handover.Wish(
                named,
                "",
                Optional.empty(),
                PersonKey.of(key + ".pub"),
                "Ann",
                Instant.now().plus(time),
                "",
                0,
                "me");
    }

    private List<String> ssh(Serving serving, String... more) {
        return command("ssh", "-p", serving, key, more, "corral@127.0.0.1");
    }

    private List<String> command(String program, String port, Serving serving, Path with, String[] more, String last) {
        List<String> words = new ArrayList<>(List.of(
                program,
                "-F",
                "/dev/null",
                port,
                Integer.toString(serving.grant().port()),
                "-i",
                with.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + known(serving)));
        words.addAll(List.of(more));
        words.add(last);
        return words;
    }

    private Path known(Serving serving) {
        try {
            return Files.writeString(
                    folder.resolve("known"), handover.ticket(serving.grant()).knownHosts() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Said(int status, String text) {}

    private Said run(List<String> command, String typed) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        if (!typed.contains("sleep 60")) {
            process.getOutputStream().close();
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static void until(Callable<Boolean> what) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!what.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(limit);
            Thread.sleep(20);
        }
    }

    private List<EntryKind> journal() throws IOException {
        return session.folder().journal().read().stream().map(SolveEntry::kind).toList();
    }

    private String recorded() throws IOException {
        StringBuilder text = new StringBuilder();
        for (var file : Recordings.in(session.folder().recordings())) {
            text.append(Files.readString(file.file()));
        }
        return text.toString();
    }

    @Test
    void thePersonGetsAShellWhichIsRecordedWithWhatIsTypedAndTheJournalTells() throws Exception {
        try (Serving serving = handover.handOver(wish("web-1-0000", Duration.ofHours(1)))) {
            assertThat(recorded()).as("the way was tried").isEmpty();
            Said said = run(ssh(serving, "-tt"), "stty size; echo in=$((40+2))\nexit 7\n");
            assertThat(said.text()).contains("in=42");
            assertThat(said.status()).isEqualTo(7);
            until(() -> journal().contains(EntryKind.LEFT));
            assertThat(journal()).containsExactly(EntryKind.HANDED, EntryKind.CAME, EntryKind.LEFT);
            SolveEntry came = session.folder().journal().read().get(1);
            assertThat(came.by()).isEqualTo("Ann");
            assertThat(came.fact("from")).isEqualTo("127.0.0.1");
            assertThat(session.folder().recordings().resolve(came.fact("recording")))
                    .exists();
            // Typed, and shown.
            assertThat(recorded()).contains(", \"i\", ").contains("$((40+2))").contains("in=42");
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
    void whoTakesItBackFromElsewhereCutsTheTerminalAtOnce() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Process ssh = new ProcessBuilder(ssh(serving, "-tt"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            ssh.getOutputStream().write("sleep 4242\n".getBytes(StandardCharsets.UTF_8));
            ssh.getOutputStream().flush();
            until(() -> Files.readString(folder.resolve("out")).contains("sleep 4242"));
            Handover elsewhere =
                    new Handover(environment, new SolveStore(environment), (id, name) -> guest, id -> () -> {});
            long begin = System.nanoTime();
            Grant after = elsewhere.revoke(serving.grant().id(), "boss");
            assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
            assertThat(after.served()).isFalse();
            assertThat(Files.readString(folder.resolve("out"))).contains("[Corral] This terminal was taken back.");
            assertThat(serving.end().get(5, TimeUnit.SECONDS).orElseThrow().by())
                    .isEqualTo("boss");
            assertThat(run(ssh(serving, "-tt"), "").status()).isEqualTo(255);
            assertThat(journal()).contains(EntryKind.TAKEN_BACK, EntryKind.LEFT);
            assertThat(recorded()).contains("taken back");
            assertThat(elsewhere.list().getFirst().state(Instant.now())).isEqualTo("taken back");
            // Once more changes nothing, and it can't be had again.
            assertThat(elsewhere
                            .revoke(serving.grant().id(), "other")
                            .end()
                            .orElseThrow()
                            .by())
                    .isEqualTo("boss");
            assertThatThrownBy(() -> elsewhere.serve(after.id(), "me")).hasMessageContaining("is over: taken back");
            assertThatThrownBy(() -> elsewhere.extend(after.id(), Instant.now().plusSeconds(60), "me"))
                    .hasMessageContaining("is over");
        }
    }

    @Test
    void theEndIsToldBeforeItComesAndCanBeMoved() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofSeconds(6)))) {
            Process ssh = new ProcessBuilder(ssh(serving, "-tt"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            until(() -> serving.terminals() == 1);
            handover.extend(serving.grant().id(), Instant.now().plusSeconds(3), "me");
            until(() -> Files.readString(folder.resolve("out")).contains("[Corral] This terminal ends at"));
            Instant later = Instant.now().plusSeconds(4);
            handover.extend(serving.grant().id(), later, "me");
            assertThat(serving.end().get(20, TimeUnit.SECONDS).orElseThrow().why())
                    .isEqualTo(Why.EXPIRED);
            assertThat(Instant.now()).isAfter(later);
            assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("out"))).contains("The time of this terminal is over.");
            assertThat(journal())
                    .contains(EntryKind.EXTENDED, EntryKind.HAND_OVER_ENDED)
                    .doesNotContain(EntryKind.TAKEN_BACK);
        }
    }

    @Test
    void whatIsServedNoLongerIsTakenUpAgainAtTheSamePortWithTheSameKey() throws Exception {
        Grant before;
        String ticket;
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            before = serving.grant();
            ticket = handover.ticket(before).knownHosts();
            assertThatThrownBy(() -> handover.handOver(wish(sandbox.id(), Duration.ofHours(2))))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("is handed over to this key already");
        }
        assertThat(handover.list().getFirst().state(Instant.now())).isEqualTo("not served");
        // As one looks whose process was killed.
        new GrantStore(environment)
                .update(
                        before.id(),
                        known -> known.with(Optional.of(new ProcessIdentity(1, 1, "no such boot")), known.port()));
        assertThat(handover.list().getFirst().served()).isFalse();
        try (Serving serving = handover.serve(before.id(), "me")) {
            assertThat(handover.ticket(serving.grant()).knownHosts()).isEqualTo(ticket);
            assertThat(run(ssh(serving, "-tt"), "echo a$((1+1))b\nexit\n").text())
                    .contains("a2b");
        }
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(3)))) {
            assertThat(serving.grant().id()).isEqualTo(before.id());
            assertThat(handover.list()).hasSize(1);
            assertThat(handover.list().getFirst().until()).isAfter(before.until());
        }
        Path host = environment.userState().resolve("corral/handover/host_key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host)))
                .isEqualTo("rw-------");
    }

    @Test
    void aMachineThatDoesNotAnswerIsHandedToNobody() throws Exception {
        machine.kill();
        assertThatThrownBy(() -> handover.handOver(wish(sandbox.id(), Duration.ofHours(1))))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Nothing was handed out: no shell opens in the machine through the gateway.");
        assertThat(handover.list()).isEmpty();
        assertThat(journal()).isEmpty();
    }

    @Test
    void aLoginThatTheMachineDoesNotHaveIsHandedToNobody() {
        Handover.Wish wish = wish(sandbox.id(), Duration.ofHours(1));
        Handover.Wish other = new Handover.Wish(
                wish.named(), "", Optional.of("no-such-user"), wish.key(), "Ann", wish.until(), "", 0, "me");
        assertThatThrownBy(() -> handover.handOver(other)).hasMessageContaining("Nothing was handed out");
        assertThat(handover.list()).isEmpty();
    }

    @Test
    void aPortThatSomebodyElseHasIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Handover.Wish wish = wish(sandbox.id(), Duration.ofHours(1));
            Handover.Wish there = new Handover.Wish(
                    wish.named(), "", Optional.empty(), wish.key(), "", wish.until(), "", taken.getLocalPort(), "me");
            assertThatThrownBy(() -> handover.handOver(there))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("can't be had");
        }
    }

    @Test
    void itEndsWhenTheSandboxGoes() throws Exception {
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            Files.delete(sandbox.manifest());
            assertThat(serving.end().get(20, TimeUnit.SECONDS).orElseThrow().why())
                    .isEqualTo(Why.GONE);
            assertThat(journal()).contains(EntryKind.HAND_OVER_ENDED);
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
            int cut = 0;
            for (Socket socket : sockets) {
                socket.setSoTimeout(300);
                try {
                    // Ours says who it is at once; one too many is closed before that.
                    cut += socket.getInputStream().read() < 0 ? 1 : 0;
                } catch (IOException e) {
                    cut++;
                }
            }
            assertThat(cut).isBetween(12, 25);
            for (Socket socket : sockets) {
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
    void whatHasEndedIsListedForThirtyDays() throws Exception {
        GrantStore store = new GrantStore(environment);
        Instant now = Instant.now();
        for (int days : new int[] {1, 29, 31}) {
            Instant then = now.minus(Duration.ofDays(days));
            store.create(new Grant(
                    GrantStore.newId(),
                    then,
                    "me",
                    "day " + days,
                    "",
                    sandbox.id(),
                    "",
                    Optional.empty(),
                    PersonKey.of(key + ".pub").line(),
                    then.plusSeconds(3_600),
                    "",
                    1,
                    Optional.empty(),
                    days == 29 ? Optional.of(new Grant.End(then, Why.REVOKED, "me")) : Optional.empty()));
        }
        try (Serving serving = handover.handOver(wish(sandbox.id(), Duration.ofHours(1)))) {
            assertThat(serving.grant().who()).isEqualTo("Ann");
        }
        assertThat(handover.list()).extracting(Grant::who).containsExactly("Ann", "day 1", "day 29");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann",
                "ssh-dss AAAAB3NzaC1kc3MAAACBA",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n",
                "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n",
                "command=\"x\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
                "/etc",
                ""
            })
    void whatIsNoPublicKeyIsSaid(String given) {
        assertThatThrownBy(() -> PersonKey.of(given)).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aPrivateKeysFileIsRefusedAndTwoKeysAreNone() throws Exception {
        assertThatThrownBy(() -> PersonKey.of(key.toString())).hasMessageContaining("is a private key");
        Path two = folder.resolve("two.pub");
        String line = Files.readString(Path.of(key + ".pub"));
        Files.writeString(two, line + line);
        assertThatThrownBy(() -> PersonKey.of(two.toString())).hasMessageContaining("2 lines");
        Files.writeString(two, "\uFEFF# Ann's\r\n" + line.strip() + "\r\n");
        assertThat(PersonKey.of(two.toString()).line())
                .isEqualTo(PersonKey.of(line).line());
    }
}
