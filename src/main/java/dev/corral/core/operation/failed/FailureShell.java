package dev.corral.core.operation.failed;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.GuestFileException;
import dev.corral.core.ssh.GuestFiles;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.ShellQuoting;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens a shell in a machine where its provisioner failed: in the directory in which Vagrant put the script, with the script at hand, and
 * a first line that says how to run it.
 */
public final class FailureShell {
    /** Where Vagrant puts a shell script unless its provisioner says otherwise. */
    private static final String USUAL_PLACE = "/tmp/vagrant-shell";

    private static final long LARGEST = 4L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST = 300;
    /** The file is the one that Vagrant ran. */
    private static final String SAME = "cmp -s - \"$1\"";

    private final SandboxFiles files;
    private final FailedStep step;

    FailureShell(SandboxFiles files, FailedStep step) {
        this.files = files;
        this.step = step;
    }

    /**
     * That of a sandbox's machine. Reads files.
     *
     * @param cache   the cache directory
     * @param sandbox the sandbox's id, or an unambiguous part of it
     * @param machine the machine's name with or without suffix; empty for the one that failed last
     * @throws ExpectedFailure if there is no such sandbox, or no provisioner has failed last there
     */
    public static FailureShell of(Path cache, String sandbox, String machine) {
        SandboxFiles files = new SandboxStore(cache).find(sandbox);
        try {
            Optional<Manifest> manifest = SandboxStore.manifest(files);
            String suffix = Manifest.suffix(files.id(), manifest);
            String full = machine.isEmpty() || machine.endsWith(suffix) || !known(manifest, machine + suffix)
                    ? machine
                    : machine + suffix;
            return new FailureShell(files, FailedStep.of(files, full));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "What happened in sandbox " + files.id() + " can't be read.", "Give yourself access to it.", e);
        }
    }

    private static boolean known(Optional<Manifest> manifest, String name) {
        return manifest.filter(
                        one -> one.machines().contains(name) || one.spare().contains(name))
                .isPresent();
    }

    /** The machine's full name. */
    public String machine() {
        return step.machine();
    }

    /** The sandbox's id. */
    public String sandbox() {
        return files.id();
    }

    /**
     * Opens it; puts the script into the machine where it is not there any more. Blocks.
     *
     * @param connections gives the connection to the machine, by its full name
     * @param terminal    as for {@link GuestConnection#shell}
     * @throws ExpectedFailure if the machine can't be reached
     */
    public ShellChannel open(
            Function<String, GuestConnection> connections, int columns, int rows, Optional<String> terminal)
            throws InterruptedException {
        GuestConnection connection = connections.apply(step.machine());
        return connection.shell(columns, rows, terminal, command(connection));
    }

    /** What the shell is begun with. */
    private String command(GuestConnection connection) throws InterruptedException {
        String what = "The provisioner " + PlainText.line(step.ran().words(), LONGEST) + " failed";
        if (!step.ran().type().equals("shell")) {
            String folder = step.setting("provisioning_path").orElse("/vagrant");
            return begin(folder, what + "; this is " + folder + ", or your home where that is not there.");
        }
        Optional<byte[]> script = script();
        String place = step.setting("upload_path").orElse(USUAL_PLACE);
        if (script.isEmpty()) {
            return begin(folder(place), what + "; Vagrant ran its script as " + place + ".");
        }
        boolean there = same(connection, place, script.get());
        String at = there ? place : upload(connection, script.get());
        return begin(
                folder(at),
                what + ". Its script is " + at + (there ? "" : ", put there anew") + "; to run it: " + run(at));
    }

    private static String folder(String place) {
        int slash = place.lastIndexOf('/');
        return slash <= 0 ? "/" : place.substring(0, slash);
    }

    // As Vagrant runs it, but for the login shell of root.
    private String run(String at) {
        List<String> words = new ArrayList<>();
        if (step.privileged()) {
            words.add("sudo");
        }
        boolean secret = step.setting("sensitive").filter("true"::equals).isPresent();
        List<String> variables = secret ? List.of() : variables();
        if (!variables.isEmpty()) {
            words.add("env");
            words.addAll(variables);
        }
        words.add(ShellQuoting.quote(at));
        if (!secret) {
            step.words("args").forEach(word -> words.add(ShellQuoting.quote(word)));
            // A text is for a shell already.
            step.setting("args").ifPresent(words::add);
        }
        return PlainText.line(String.join(" ", words), 4 * LONGEST);
    }

    private List<String> variables() {
        List<String> found = new ArrayList<>();
        step.provisioner().ifPresent(one -> one.settings()
                .path("env")
                .properties()
                .forEach(variable -> found.add(ShellQuoting.quote(
                        variable.getKey() + "=" + variable.getValue().asText()))));
        return found;
    }

    // A shell's login files go first; none of them leaves the directory that it begins in.
    private static String begin(String folder, String line) {
        String script = "cd " + ShellQuoting.quote(folder) + " 2>/dev/null || cd\nprintf '%s\\n' "
                + ShellQuoting.quote(PlainText.line(line, 6 * LONGEST)) + "\nexec \"${SHELL:-/bin/sh}\" -l";
        return "/bin/sh -c " + ShellQuoting.quote(script);
    }

    // As it was copied, with the line ends that Vagrant gives it; empty where it comes from elsewhere or is something
    // else now.
    Optional<byte[]> script() {
        Optional<String> inline = step.setting("inline");
        boolean binary = step.setting("binary").filter("true"::equals).isPresent();
        if (inline.isPresent()) {
            return Optional.of(unix(inline.get(), binary).getBytes(StandardCharsets.UTF_8));
        }
        Optional<String> path = step.setting("path").filter(name -> !name.contains("://"));
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = files.directory().resolve(path.get()).normalize();
            if (!file.startsWith(files.folder())) {
                return Optional.empty();
            }
            byte[] bytes = OrdinaryFile.read(file, LARGEST);
            // A guest that has the folder as a share may have put a link to a secret of this machine there. Where
            // nothing lies apart it
            // could write the notes as well.
            if (!files.apart()
                    || !CopiedFiles.read(files.copied()).holds(files.directory().relativize(file), bytes)) {
                return Optional.empty();
            }
            return Optional.of(
                    unix(new String(bytes, StandardCharsets.ISO_8859_1), binary).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            // It is only in the machine then.
            return Optional.empty();
        }
    }

    private static String unix(String text, boolean binary) {
        return binary ? text : text.replace("\r\n", "\n");
    }

    private static boolean same(GuestConnection connection, String place, byte[] script) throws InterruptedException {
        return connection
                .exec(ExecRequest.of("/bin/sh", "-c", SAME, "sh", place)
                        .withStdin(script)
                        .withTimeout(LIMIT))
                .succeeded();
    }

    private String upload(GuestConnection connection, byte[] script) throws InterruptedException {
        String name = "failed-"
                + (step.ran().name().isEmpty() ? "script" : step.ran().name())
                        .replaceAll("[^A-Za-z0-9._-]", "_")
                        .replaceAll("^[.-]+", "");
        String home = connection
                .exec(ExecRequest.of("/bin/sh", "-c", "printf %s \"$HOME\"").withTimeout(LIMIT))
                .stdoutText();
        String at = (home.startsWith("/") ? home : "/tmp") + "/" + name.substring(0, Math.min(80, name.length()));
        try {
            new GuestFiles(connection, Optional.empty()).write(at, new ByteArrayInputStream(script), script.length);
        } catch (GuestFileException e) {
            throw ExpectedFailure.failed(
                    "The script can't be put into the machine: "
                            + PlainText.line(String.valueOf(e.getMessage()), LONGEST) + ".",
                    "corral shell without --at-failure opens a shell at home.",
                    e);
        }
        connection.exec(ExecRequest.of("chmod", "u+x", at).withTimeout(LIMIT));
        return at;
    }
}
