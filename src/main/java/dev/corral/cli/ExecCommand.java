package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.ssh.exec.ExecInterrupted;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a VM. */
@Command(
        name = "exec",
        mixinStandardHelpOptions = true,
        description = "Runs a command in a VM; standard input, output and error are passed on byte by byte.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral exec 9f3c2a1b -- uname -a",
            "  corral exec sqli-01-9f3c2a1b/victim -- sh -c 'cat > /tmp/x' < file"
        })
final class ExecCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine the primary one.")
    private String machine;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CMD",
            description = "The program and its arguments, after --.")
    private List<String> command;

    @Option(names = "--user", paramLabel = "NAME", description = "Run as this user of the guest, through sudo.")
    private @Nullable String user;

    @Option(names = "--cwd", paramLabel = "DIR", description = "Run in this directory of the guest.")
    private @Nullable String cwd;

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "A variable for the command; may be given more than once.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "End the command and all it started after so long; exit code 124.")
    private @Nullable Double timeout;

    @Option(
            names = {"-n", "--no-stdin"},
            description = "Give the command no input.")
    private boolean noStdin;

    @Override
    public Integer call() throws Exception {
        MachineName name = MachineName.parse(machine);
        // Not closed: a message may have to follow on the same descriptor.
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024);
        OutputStream err = new BufferedOutputStream(new FileOutputStream(FileDescriptor.err));
        try (Corral corral = Core.open();
                EndingSignals signals = EndingSignals.interrupting()) {
            ExecResult result;
            try {
                result = corral.connect(name.sandbox(), name.machine()).exec(request(out, err));
            } catch (InterruptedException | RuntimeException e) {
                // Whatever was broken off by it, the signal is the reason, and the command does not go on with nobody
                // to see it.
                int exitCode = signals.exitCode()
                        .orElseThrow(
                                () -> e instanceof RuntimeException failure ? failure : new IllegalStateException(e));
                new Output()
                        .message(
                                !(e instanceof ExecInterrupted interrupted)
                                        ? "Interrupted."
                                        : interrupted.ended()
                                                ? "Interrupted; the command was ended in the guest."
                                                : "Interrupted; the guest did not confirm that the command has ended, so "
                                                        + "it may go on there.");
                return exitCode;
            }
            out.flush();
            err.flush();
            if (result.timedOut()) {
                new Output().message("The command took longer than " + timeout + " s and was ended in the guest.");
            }
            return result.timedOut() ? ExitCode.TIMED_OUT : result.exitCode();
        }
    }

    private ExecRequest request(OutputStream out, OutputStream err) {
        ExecRequest request =
                ExecRequest.of(command).withEnv(env).withStdout(out).withStderr(err);
        if (user != null) {
            request = request.withUser(user);
        }
        if (cwd != null) {
            request = request.withCwd(cwd);
        }
        if (timeout != null) {
            request = request.withTimeout(Duration.ofMillis(Math.max(1, Math.round(timeout * 1000))));
        }
        return noStdin ? request : request.withStdin(new FileInputStream(FileDescriptor.in));
    }
}
