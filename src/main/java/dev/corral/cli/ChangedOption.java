package dev.corral.cli;

import dev.corral.core.code.WhenChanged;
import dev.corral.core.operation.MachineVerb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to do when the code in a sandbox is not what was copied. */
final class ChangedOption {
    @Option(
            names = "--changed",
            paramLabel = "HOW",
            description =
                    "When files that Vagrant runs on this machine were changed in the sandbox: use them, restore what was "
                            + "copied, or refuse. Unset: CORRAL_CHANGED, else refuse.")
    private @Nullable String how;

    MachineVerb on(MachineVerb command) {
        return how == null ? command : command.whenChanged(WhenChanged.parse("--changed", how));
    }
}
