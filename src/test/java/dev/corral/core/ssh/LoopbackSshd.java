package dev.corral.core.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An OpenSSH server of our own on a free port of 127.0.0.1, with keys of its own, for the current user only. */
public final class LoopbackSshd implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    /** Starts it; its files go below this directory. */
    public LoopbackSshd(Path directory) throws IOException, InterruptedException {
        this(directory, "");
    }

    /** Starts it with further lines of configuration. */
    public LoopbackSshd(Path directory, String moreConfiguration) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        this.port = freePort();
        newKey("host");
        newKey("login");
        Files.copy(directory.resolve("login.pub"), directory.resolve("authorized_keys"));
        Files.writeString(directory.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                PermitRootLogin yes
                PasswordAuthentication no
                UsePAM no
                PrintMotd no
                PrintLastLog no
                AcceptEnv LANG LC_*
                MaxStartups 50
                # Keeps the start-up files of whoever runs this out of the measurement.
                SetEnv HOME=%s
                %s
                """.formatted(
                        port,
                        directory.resolve("host"),
                        directory.resolve("authorized_keys"),
                        Files.createDirectories(directory.resolve("home")),
                        moreConfiguration));
        if (isRoot()) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        start();
    }

    /** How to log in to it. */
    public SshEndpoint endpoint() {
        return new SshEndpoint(
                "127.0.0.1", port, System.getProperty("user.name"), List.of(directory.resolve("login")), "loopback");
    }

    /** A fresh private key, with its public half beside it. */
    public Path newKey(String name) throws IOException, InterruptedException {
        Path key = directory.resolve(name);
        Files.deleteIfExists(key);
        Files.deleteIfExists(directory.resolve(name + ".pub"));
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("ssh-keygen failed");
        }
        return key;
    }

    /** Ends the server and every session of it, as a power cut would. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>();
        try (Stream<ProcessHandle> below = process.descendants()) {
            below.forEach(all::add);
        }
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops it and its sessions from answering, or lets them go on, as a hypervisor pauses a machine. */
    public void paused(boolean yes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", yes ? "-STOP" : "-CONT", Long.toString(process.pid())));
        try (Stream<ProcessHandle> below = process.descendants()) {
            below.forEach(child -> command.add(Long.toString(child.pid())));
        }
        // What a session runs may have ended since it was listed; kill goes on to the others. What was stopped can't
        // have ended.
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Starts it (again) on the same port. */
    public void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        for (int attempt = 0; attempt < 200; attempt++) {
            if (answers()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new IOException("sshd did not come up: " + Files.readString(directory.resolve("sshd.log")));
    }

    /** The command line client's options for the same login, with a kept connection through this socket. */
    public List<String> clientCommand(Path controlSocket, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "/dev/null",
                "-p",
                Integer.toString(port),
                "-i",
                directory.resolve("login").toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "ControlPath=" + controlSocket));
        words.addAll(List.of(more));
        words.add(System.getProperty("user.name") + "@127.0.0.1");
        return words;
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
