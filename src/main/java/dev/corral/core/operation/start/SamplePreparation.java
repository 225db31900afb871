package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.tasks.SampleContents;
import dev.corral.core.inspect.tasks.SampleContents.SampleFile;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.GuestFileException;
import dev.corral.core.ssh.GuestFiles;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Writes a sample's files into its machines and runs its setup script, in the steps that Inspect takes through the sandbox
 * provider: everything as the login user, the script with a time limit, from that user's home.
 */
public final class SamplePreparation implements Preparation {
    /** What Inspect gives each of its own small commands. */
    private static final Duration SMALL = Duration.ofMinutes(2);

    private static final int SHOWN_NAME = 200;
    /** Inspect's own words for its commands come from these directories only; the script has the machine's own PATH. */
    private static final String PINNED = "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\nunset CDPATH\n";

    private static final String RUN = "own=${PATH-}\n" + PINNED + "exec env \"PATH=$own\" \"$1\"";

    private final SampleContents contents;
    private final BiFunction<String, String, GuestConnection> connections;

    /** @param connections gives the connection to a machine, by sandbox and the machine's full name */
    public SamplePreparation(SampleContents contents, BiFunction<String, String, GuestConnection> connections) {
        this.contents = contents;
        this.connections = connections;
    }

    @Override
    public void bring(String sandbox, List<String> machines, String primary, Story story)
            throws IOException, InterruptedException {
        Map<String, String> names = names(sandbox, machines, primary);
        Set<String> begun = new HashSet<>();
        for (SampleFile file : contents.files()) {
            // As with Inspect: the first colon ends a machine's name, and a path can have none.
            int colon = file.target().indexOf(':');
            String machine = colon < 0 ? primary : names.get(file.target().substring(0, colon));
            if (begun.add(machine == null ? primary : machine)) {
                story.phase(machine == null ? primary : machine, PhaseKind.FILES);
            }
            if (machine == null) {
                throw ExpectedFailure.failed(
                        "Copying files failed: the sample's file " + PlainText.line(file.target(), SHOWN_NAME)
                                + " is for a machine that the sandbox does not have; it has "
                                + String.join(", ", names.keySet()) + ".",
                        "Correct the name before the colon; a path in a sample's files can't have a colon.");
            }
            write(connections.apply(sandbox, machine), machine, file.target().substring(colon + 1), file);
        }
        if (contents.setup().isPresent()) {
            setUp(
                    connections.apply(sandbox, primary),
                    primary,
                    contents.setup().get(),
                    story.logged(primary, PhaseKind.SETUP, "setup"));
        }
    }

    // The provider's names: the default one first, then each machine's with the sandbox's suffix and without.
    private static Map<String, String> names(String sandbox, List<String> machines, String primary) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("default", primary);
        machines.forEach(machine -> names.putIfAbsent(machine, machine));
        String suffix = Manifest.usualSuffix(sandbox);
        machines.forEach(machine -> names.putIfAbsent(Manifest.plainName(machine, suffix), machine));
        return names;
    }

    private static void write(GuestConnection connection, String machine, String path, SampleFile file)
            throws IOException, InterruptedException {
        try (InputStream content = Files.newInputStream(file.content())) {
            new GuestFiles(connection, Optional.empty()).write(path, content, file.size());
        } catch (GuestFileException e) {
            throw ExpectedFailure.failed(
                    "Copying files failed on " + machine + ": "
                            + PlainText.line(String.valueOf(e.getMessage()), 2 * SHOWN_NAME) + ".",
                    "Files are written as the login user; name a place where it may write.",
                    e);
        }
    }

    private void setUp(GuestConnection connection, String machine, SampleFile script, Path log)
            throws IOException, InterruptedException {
        String path = "/tmp/" + UUID.randomUUID().toString().replace("-", "").substring(0, 22);
        write(connection, machine, path, script);
        small(connection, "chmod", "+x", path);
        ExecResult result;
        List<String> last;
        try (SetupLog output = new SetupLog(log)) {
            result = connection.exec(ExecRequest.of("/bin/sh", "-c", RUN, "sh", path)
                    .withStdout(output.out())
                    .withStderr(output.err())
                    .withTimeout(contents.setupLimit()));
            last = output.lastLines();
        }
        if (result.timedOut()) {
            throw ExpectedFailure.failed(
                            "Running setup took longer than "
                                    + contents.setupLimit().toSeconds() + " s on " + machine + " and was stopped.",
                            "Mend the sample's setup, or give it more seconds with INSPECT_SANDBOX_SETUP_TIMEOUT.")
                    .withDetails(String.join("\n", last));
        }
        if (!result.succeeded()) {
            throw ExpectedFailure.failed(
                            "Running setup failed on " + machine + " with exit code " + result.exitCode() + ".",
                            "Mend the sample's setup, or start the sample without its files and setup to look at the machine.")
                    .withDetails(String.join("\n", last));
        }
        small(connection, "rm", path);
    }

    private static void small(GuestConnection connection, String... command) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", PINNED + "exec \"$@\"", "sh"));
        argv.addAll(List.of(command));
        if (connection.exec(ExecRequest.of(argv).withTimeout(SMALL)).timedOut()) {
            throw ExpectedFailure.failed(
                    "Running setup failed: " + command[0] + " took longer than " + SMALL.toSeconds() + " s.",
                    "See what keeps the machine busy.");
        }
    }

    @Override
    public void close() throws IOException {
        contents.close();
    }
}
