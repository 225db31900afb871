package dev.corral.cli;

import dev.corral.cli.copy.GuestCopy;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.core.app.Corral;
import dev.corral.core.ssh.GuestConnection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies files and folders into a VM or out of it. */
@Command(
        name = "cp",
        mixinStandardHelpOptions = true,
        description =
                "Copies a file or a folder into a VM or out of it. Into an existing folder it goes under its own name.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral cp exploit.py 9f3c2a1b:",
            "  corral cp 9f3c2a1b/victim:/var/log ./victim-log",
            "  corral cp --user root tools 9f3c2a1b/victim:/opt/tools"
        })
final class CpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SRC",
            description = "A path here, or SANDBOX[/MACHINE]:PATH; a relative one starts in the login user's home.")
    private String source;

    @Parameters(index = "1", paramLabel = "DST", description = "The other one.")
    private String target;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Read and write as this user of the guest, through sudo.")
    private @Nullable String user;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Taken for those used to cp and scp; folders are always copied whole.")
    @SuppressWarnings("UnusedVariable")
    private boolean recursive;

    /** A path in a guest. */
    private record Remote(MachineName machine, String path) {
        // A slash before the first colon that is not the machine's means a path here, as does no colon at all.
        static Optional<Remote> parse(String text) {
            int colon = text.indexOf(':');
            if (colon <= 0 || text.startsWith("/") || text.startsWith(".")) {
                return Optional.empty();
            }
            String path = text.substring(colon + 1);
            return Optional.of(new Remote(MachineName.parse(text.substring(0, colon)), path.isEmpty() ? "." : path));
        }
    }

    @Override
    public Integer call() throws Exception {
        Optional<Remote> from = Remote.parse(source);
        Optional<Remote> to = Remote.parse(target);
        if (from.isPresent() == to.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "One of the two must be SANDBOX[/MACHINE]:PATH, and the other a path here.");
        }
        Output output = new Output();
        MachineName machine = from.or(() -> to).orElseThrow().machine();
        try (Corral corral = Core.open()) {
            GuestConnection connection = corral.connect(machine.sandbox(), machine.machine());
            GuestCopy copy = new GuestCopy(
                    connection, Optional.ofNullable(user), bytes -> output.progress(bytes / 1_000_000 + " MB"));
            GuestCopy.Result result = from.isPresent()
                    ? copy.out(from.get().path(), Path.of(target))
                    : copy.in(Path.of(source), to.orElseThrow().path());
            output.progress("");
            result.leftOut().forEach(output::message);
            return result.leftOut().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
        }
    }
}
