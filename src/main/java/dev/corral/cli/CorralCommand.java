package dev.corral.cli;

import dev.corral.cli.cleanup.CleanupCommand;
import dev.corral.cli.cleanup.PruneCommand;
import dev.corral.cli.cleanup.StraysCommand;
import dev.corral.cli.code.DiffCommand;
import dev.corral.cli.code.UpdateCommand;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.reach.ConsoleCommand;
import dev.corral.cli.reach.ForwardCommand;
import dev.corral.cli.reach.PortsCommand;
import dev.corral.cli.recording.RecordingCommand;
import dev.corral.cli.solve.SolveCommand;
import dev.corral.cli.watch.WatchCommand;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.LogFile;
import dev.corral.core.base.PlainText;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code corral}. */
@Command(
        name = "corral",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Starts, shows and destroys Vagrant VMs that Inspect uses as sandboxes.",
        subcommands = {
            UiCommand.class,
            ListCommand.class,
            StartCommand.class,
            ExecCommand.class,
            ShellCommand.class,
            DestroyCommand.class,
            BridgeCommand.class,
            PinCommand.Pin.class,
            PinCommand.Unpin.class,
            CleanupCommand.class,
            PruneCommand.class,
            StraysCommand.class,
            VerbCommand.Up.class,
            VerbCommand.Halt.class,
            VerbCommand.Reload.class,
            VerbCommand.Suspend.class,
            VerbCommand.Resume.class,
            VerbCommand.Provision.class,
            UpdateCommand.class,
            DiffCommand.class,
            PortsCommand.class,
            ForwardCommand.class,
            ConsoleCommand.class,
            SolveCommand.class,
            SnapshotCommand.class,
            RecordingCommand.class,
            CpCommand.class,
            SshConfigCommand.class,
            LogsCommand.class,
            ResolveCommand.class,
            CheckCommand.class,
            WatchCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    done",
            "  1    failed",
            "  2    wrong usage",
            "  3    nothing such",
            "  4    partly failed",
            "  124  timed out",
            "  exec and shell end with the guest's own exit code.",
            "",
            "What goes wrong is noted in ~/.local/state/corral/corral.log (or below XDG_STATE_HOME)."
        })
public final class CorralCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command line and returns its exit code. */
    public static int run(String... arguments) {
        // Libraries report what they try; people at a prompt want our words only.
        LogFile.install(Environment.system());
        Thread.setDefaultUncaughtExceptionHandler(new Uncaught());
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new CorralCommand());
        // An argument that begins with @ is the caller's own: it may be meant for a guest, and names no file of this
        // computer.
        line.setExpandAtFiles(false);
        Objects.requireNonNull(line.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .description("Prints a completion script for bash and zsh: source <(corral generate-completion)");
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
        line.setParameterExceptionHandler(CorralCommand::wrongUsage);
        return line;
    }

    private static int report(Throwable failure) {
        Output output = new Output();
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        // The window's toolkit wraps what it meets while it opens.
        for (Throwable inside = cause; inside != null; inside = inside.getCause()) {
            if (inside instanceof ExpectedFailure
                    || inside instanceof InvalidPathException && !(cause instanceof ExpectedFailure)) {
                cause = inside;
            }
        }
        return switch (cause) {
            case ExpectedFailure expected -> {
                output.failure(expected);
                yield ExitCode.of(expected);
            }
            // TERM came while the window was being made: ending is what was wanted.
            case IllegalStateException ending
            when "Shutdown in progress".equals(ending.getMessage()) -> ExitCode.INTERRUPTED;
            case CancellationException cancelled -> {
                output.message(cancelled.getMessage() == null ? "Cancelled." : cancelled.getMessage());
                yield ExitCode.INTERRUPTED;
            }
            case FileSystemException file -> {
                output.failure(ExpectedFailure.failed(
                        file.getFile() + " can't be used: " + reason(file) + ".",
                        "See what it is, and give yourself access to it."));
                yield ExitCode.FAILED;
            }
            case InvalidPathException path -> {
                output.failure(ExpectedFailure.failed(
                        path.getInput() + " can't be used as a path: " + path.getReason() + ".",
                        "Correct it where it is given, an argument or a variable. If it has letters that are not "
                                + "English, set LC_ALL=C.UTF-8."));
                yield ExitCode.FAILED;
            }
            default -> {
                output.bug(cause);
                yield ExitCode.FAILED;
            }
        };
    }

    private static int wrongUsage(ParameterException failure, String[] arguments) {
        Output output = new Output();
        boolean noCommand = failure.getCommandLine().getParent() == null;
        String said = noCommand && failure instanceof UnmatchedArgumentException unmatched
                ? "There is no command "
                        + PlainText.line(unmatched.getUnmatched().getFirst(), 80) + "."
                : String.valueOf(failure.getMessage());
        said.lines().forEach(output::message);
        output.message(
                noCommand
                        ? "corral help shows the commands."
                        : "corral help " + failure.getCommandLine().getCommandName() + " shows how it is used.");
        return ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "it is not there";
            default -> failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        };
    }
}
