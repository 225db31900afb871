package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says that sandboxes stay when their owner ends, or takes that back. */
abstract class PinCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SANDBOX",
            arity = "1..*",
            description = "The sandboxes; an unambiguous part of the name will do.")
    private List<String> sandboxes;

    abstract boolean pinned();

    @Override
    public final Integer call() {
        try (Corral corral = Core.open()) {
            sandboxes.forEach(sandbox -> corral.operations().pin(sandbox, pinned()));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Keeps sandboxes when their owner ends.",
            footerHeading = "%nExample:%n",
            footer = "  corral pin 9f3c2a1b")
    static final class Pin extends PinCommand {
        @Override
        boolean pinned() {
            return true;
        }
    }

    @Command(
            name = "unpin",
            mixinStandardHelpOptions = true,
            description = "Takes a pin back: without an owner they are strays then.",
            footerHeading = "%nExample:%n",
            footer = "  corral unpin 9f3c2a1b")
    static final class Unpin extends PinCommand {
        @Override
        boolean pinned() {
            return false;
        }
    }
}
