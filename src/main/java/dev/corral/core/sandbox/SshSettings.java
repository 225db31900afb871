package dev.corral.core.sandbox;

import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps what {@code vagrant ssh-config} said, one file a machine; its first line says for which machine id it holds. */
public final class SshSettings {
    private static final String FOR = "# for machine id ";
    private static final Pattern HOST = Pattern.compile("^Host\\s.*$", Pattern.MULTILINE);

    private SshSettings() {}

    /** The settings kept for this machine id; empty when there are none. */
    public static Optional<String> read(SandboxFiles files, String machine, String id) throws IOException {
        try {
            String text = OrdinaryFile.text(file(files, machine));
            return text.startsWith(FOR + id + "\n") ? Optional.of(text) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Keeps settings; the host is called SANDBOX.MACHINE in them, so that a user's own SSH settings may include all these files. */
    public static void write(SandboxFiles files, String machine, String id, String text) throws IOException {
        String named = HOST.matcher(text).replaceFirst(Matcher.quoteReplacement("Host " + files.id() + "." + machine));
        if (!Files.isDirectory(files.sshConfig())) {
            makeDirectory(files.sshConfig());
        }
        SafeFiles.replace(file(files, machine), (FOR + id + "\n" + named).getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what was kept for all machines: after the next boot they may have other addresses. */
    public static void forget(SandboxFiles files) throws IOException {
        if (Files.isDirectory(files.sshConfig())) {
            SafeFiles.deleteTree(files.sshConfig());
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
