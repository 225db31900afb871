package dev.corral.cli.code;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.inventory.SandboxView;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a sandbox's code up to date from the Vagrantfile that it was made from. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description =
                "Copies a sandbox's Vagrantfile and the files that it reads or names again from where they were written. "
                        + "Its VMs stay as they are: corral diff says what does not hold for them yet.",
        footerHeading = "%nExamples:%n",
        footer = {"  corral update --dry-run 9f3c2a1b", "  corral update 9f3c2a1b && corral provision 9f3c2a1b --from 2"
        })
public final class UpdateCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX",
            description = "The sandbox; an unambiguous part of the name will do.")
    private String sandbox;

    @Option(names = "--dry-run", description = "Only say what would change.")
    private boolean dryRun;

    @Option(names = "--force", description = "Also when the owner, a run of Inspect or a window, is alive.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), sandbox);
            if (!force && !dryRun) {
                NamedSandbox.refuseLive(view);
            }
            CodeUpdate update = dryRun
                    ? corral.operations().plannedUpdate(view.id(), Optional.empty())
                    : CodeUpdateText.perform(corral, view.id(), output);
            if (json) {
                output.json(CodeUpdateText.Row.of(view.id(), dryRun, update));
            } else {
                CodeUpdateText.print(update, output::line);
                if (update.nothing()) {
                    output.message("The sandbox has all of it already.");
                }
            }
        }
        return ExitCode.DONE;
    }
}
