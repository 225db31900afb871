package dev.corral.core.sandbox;

import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshConfigText;
import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Keeps how each machine is reached, one file a machine in OpenSSH's form; its first line says for which machine id it holds. */
public final class SshSettings {
    private static final String FOR = "# for machine id ";

    private SshSettings() {}

    /** The settings kept for this machine id; empty when there are none, or when the file is not as we write it. */
    public static Optional<SshEndpoint> read(SandboxFiles files, String machine, String id) throws IOException {
        try {
            String text = OrdinaryFile.text(file(files, machine));
            return SshConfigParser.parse(text).values().stream()
                    .findFirst()
                    .filter(endpoint -> text.equals(text(files, machine, id, endpoint)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps settings; the host is called SANDBOX.MACHINE in them, so that a user's own SSH settings may include all these files. One file
     * that OpenSSH refuses would take every other host of that user with it, so it is asked before.
     *
     * @param environment the variables to run {@code ssh} with
     * @throws IOException if they can not be written, or OpenSSH does not take them
     */
    public static void write(
            SandboxFiles files, String machine, String id, SshEndpoint endpoint, Map<String, String> environment)
            throws IOException {
        String text = text(files, machine, id, endpoint);
        if (!SshConfigText.accepted(text, SshConfigText.host(files.id(), machine), endpoint, environment)) {
            throw new IOException("OpenSSH does not take these settings");
        }
        if (!Files.isDirectory(files.sshConfig())) {
            makeDirectory(files.sshConfig());
        }
        SafeFiles.replace(file(files, machine), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SandboxFiles files, String machine, String id, SshEndpoint endpoint) {
        return FOR + id.replaceAll("\\p{Cntrl}", "_") + "\n"
                + SshConfigText.of(SshConfigText.host(files.id(), machine), endpoint);
    }

    /** Forgets what was kept for all machines: after the next boot they may have other addresses. */
    public static void forget(SandboxFiles files) throws IOException {
        if (Files.isDirectory(files.sshConfig())) {
            SafeFiles.deleteTree(files.sshConfig());
        }
    }

    /** The same for one machine, or with an empty name for all. */
    public static void forget(SandboxFiles files, String machine) throws IOException {
        if (machine.isEmpty()) {
            forget(files);
        } else {
            Files.deleteIfExists(file(files, machine));
        }
    }

    // Not its parents: a sandbox that was destroyed meanwhile must not come back as an empty directory.
    private static void makeDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, SafeFiles.privateDirectory());
        } catch (FileAlreadyExistsException e) {
            // The settings of another machine came at the same time; anything but a directory is an error.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    // A machine's name is Ruby text and could hold a slash.
    private static Path file(SandboxFiles files, String machine) {
        return files.sshConfig().resolve(machine.replaceAll("[^A-Za-z0-9._-]", "_"));
    }
}
