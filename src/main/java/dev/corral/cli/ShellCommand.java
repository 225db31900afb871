package dev.corral.cli;

import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.terminal.LocalTerminal;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.failed.FailureShell;
import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.Recordings;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.ssh.ShellChannel;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens a shell in a VM, in this terminal. */
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        description = "Opens a shell in a VM, in this terminal.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral shell 9f3c2a1b",
            "  corral shell --user root 9f3c2a1b/victim",
            "  corral shell --at-failure 9f3c2a1b"
        })
final class ShellCommand implements Callable<Integer> {
    private static final int COPY_SIZE = 32 * 1024;

    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine the primary one.")
    private String machine;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The login shell of this user of the guest, through sudo.")
    private @Nullable String user;

    @Option(
            names = "--at-failure",
            description =
                    "Begin where the provisioner that failed last put its script, with the script at hand; without a "
                            + "machine in the one that failed.")
    private boolean atFailure;

    @Option(
            names = "--record",
            description =
                    "Record what this terminal shows; corral recording list shows where. What is typed is not recorded.")
    private boolean record;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (atFailure && user != null) {
            throw new ParameterException(spec.commandLine(), "--at-failure is for the login user; leave --user out.");
        }
        MachineName name = MachineName.parse(machine);
        LocalTerminal terminal = LocalTerminal.find()
                .orElseThrow(() -> ExpectedFailure.failed(
                        "There is no terminal to open a shell in.", "Use corral exec for commands in scripts."));
        try (Corral corral = Core.open()) {
            LocalTerminal.Size size = terminal.size();
            try (ShellChannel shell = open(corral, name, size);
                    Recorded recorded = begin(corral, name, size)) {
                show(shell, terminal, recorded);
                int status = shell.exitStatus().join();
                if (status == ShellChannel.LOST) {
                    // The prompt of the lost shell stands in this line still.
                    new Output().message("");
                    throw shell.lost()
                            .orElseGet(() -> ExpectedFailure.failed(
                                    "The shell was ended, since this terminal went away.",
                                    "What ran in its foreground was hung up on, as with ssh."));
                }
                return status;
            }
        }
    }

    private ShellChannel open(Corral corral, MachineName name, LocalTerminal.Size size) throws InterruptedException {
        Optional<String> terminal = corral.environment().get("TERM");
        if (!atFailure) {
            return corral.connect(name.sandbox(), name.machine())
                    .shell(size.columns(), size.rows(), Optional.ofNullable(user), terminal);
        }
        FailureShell there = FailureShell.of(CacheDirectory.of(corral.environment()), name.sandbox(), name.machine());
        return there.open(machine -> corral.connect(there.sandbox(), machine), size.columns(), size.rows(), terminal);
    }

    // Null where nothing is recorded.
    private @Nullable Recorded begin(Corral corral, MachineName name, LocalTerminal.Size size) throws IOException {
        try {
            Optional<Recorded> begun = new Recordings(corral.environment())
                    .begin(
                            new Recordings.Terminal(
                                    name.sandbox(), name.machine(), "shell", size.columns(), size.rows()),
                            record ? Recordings.Wish.OUTPUT : Recordings.Wish.NOTHING);
            begun.ifPresent(recorded -> new Output().message(recorded.sentence()));
            return begun.orElse(null);
        } catch (IOException e) {
            if (record) {
                throw e;
            }
            new Output().message("This terminal is not recorded, though it should be: " + e.getMessage());
            return null;
        }
    }

    private static void show(ShellChannel shell, LocalTerminal terminal, @Nullable Recorded recorded) {
        InputStream output = recorded == null ? shell.output() : recorded.output(shell.output());
        OutputStream keys = recorded == null ? shell.input() : recorded.input(shell.input());
        // HUP, INT and TERM from outside end this process without coming back here. What is typed comes as bytes and
        // raises none.
        Thread leaving = new Thread(
                () -> {
                    if (recorded != null) {
                        recorded.close();
                    }
                    shell.close();
                    terminal.restore();
                },
                "shell-leaving");
        Runtime.getRuntime().addShutdownHook(leaving);
        Object resized = Signals.register("WINCH", () -> resize(shell, terminal, recorded));
        // Whoever stopped this process, such as a shell with job control, has given the terminal settings of its own.
        Object continued = Signals.register("CONT", () -> {
            terminal.raw();
            resize(shell, terminal, recorded);
        });
        try {
            terminal.raw();
            resize(shell, terminal, recorded);
            Thread.ofVirtual().name("shell-input").start(() -> {
                pump(new FileInputStream(FileDescriptor.in), keys, shell);
                // The terminal has gone away.
                shell.close();
            });
            pump(output, new FileOutputStream(FileDescriptor.out), shell);
        } finally {
            Signals.unregister("CONT", continued);
            Signals.unregister("WINCH", resized);
            terminal.restore();
        }
    }

    private static void resize(ShellChannel shell, LocalTerminal terminal, @Nullable Recorded recorded) {
        LocalTerminal.Size size = terminal.size();
        shell.resize(size.columns(), size.rows());
        if (recorded != null) {
            recorded.writer().resize(size.columns(), size.rows());
        }
    }

    private static void pump(InputStream from, OutputStream to, ShellChannel shell) {
        byte[] buffer = new byte[COPY_SIZE];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            shell.close();
        }
    }
}
