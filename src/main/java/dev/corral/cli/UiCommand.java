package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.console.Console;
import dev.corral.console.WindowOptions;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(
        name = "ui",
        mixinStandardHelpOptions = true,
        description = "Opens the window.",
        footerHeading = "%nExamples:%n",
        footer = {"  corral ui", "  corral ui evals.py --trust ./labs", "  corral ui labs/web/Vagrantfile"})
final class UiCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Task files, or folders of them, to open beside those of the last window; Vagrantfiles to open in the editor.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--trust",
            paramLabel = "FOLDER",
            description = "Vagrantfiles in and below this folder run without a question.")
    private List<Path> trusted = new ArrayList<>();

    @Override
    public Integer call() {
        Environment environment = Environment.system();
        if (UiCommand.class.getResource("/javafx/application/Application.class") == null) {
            throw ExpectedFailure.failed(
                    "This Corral came with the Inspect plugin, which brings no window.",
                    "Start the window from Corral's own installation; the other commands work here: corral help lists them.");
        }
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        if (!mac && environment.get("DISPLAY").isEmpty()) {
            throw ExpectedFailure.failed(
                    "There is no display to open a window on.",
                    "Set DISPLAY, or use the other commands: corral help lists them.");
        }
        // The window shows sandboxes from its first moment on: what is wrong with their directory is better said here.
        CacheDirectory.check(CacheDirectory.of(environment));
        try {
            Console.launch(
                    () -> LocalCorral.open(environment, Owner.Kind.CONSOLE), files, WindowOptions.trusting(trusted));
        } catch (UnsupportedOperationException e) {
            if (e.getMessage() == null || !e.getMessage().contains("DISPLAY")) {
                throw e;
            }
            throw ExpectedFailure.failed(
                    "The display " + environment.get("DISPLAY").orElse("") + " can't be opened.",
                    "Set DISPLAY to one that runs and that lets you in, or use the other commands: corral help lists them.",
                    e);
        }
        return ExitCode.DONE;
    }
}
