package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.recording.Recordings;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

/** A machine that is this computer's OpenSSH server, a session that it belongs to, and a person with the real ssh. */
abstract class HandedOver {
    @TempDir
    Path folder;

    Environment environment;
    LoopbackSshd machine;
    GuestConnection guest;
    SandboxFiles sandbox;
    Stored session;
    Handover handover;
    Path key;

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

    Handover.Wish wish(String named, Duration time) {
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

    List<String> ssh(Serving serving, String... more) {
        return command("ssh", "-p", serving, key, more, "corral@127.0.0.1");
    }

    List<String> command(String program, String port, Serving serving, Path with, String[] more, String last) {
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

    Path known(Serving serving) {
        try {
            return Files.writeString(
                    folder.resolve("known"), handover.ticket(serving.grant()).knownHosts() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    record Said(int status, String text) {}

    Said run(List<String> command, String typed) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        if (!typed.contains("sleep 60")) {
            process.getOutputStream().close();
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    static void until(Callable<Boolean> what) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!what.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(limit);
            Thread.sleep(20);
        }
    }

    List<EntryKind> journal() throws IOException {
        return session.folder().journal().read().stream().map(SolveEntry::kind).toList();
    }

    String recorded() throws IOException {
        StringBuilder text = new StringBuilder();
        for (var file : Recordings.in(session.folder().recordings())) {
            text.append(Files.readString(file.file()));
        }
        return text.toString();
    }
}
