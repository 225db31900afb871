package dev.corral.cli;

import dev.corral.cli.code.CodeUpdateText;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Rows;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.MachineVerb;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a Vagrant command on the machines of a sandbox, with the environment that they were started with. */
abstract class VerbCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine all of the sandbox's.")
    private String machine;

    @Option(names = "--force", description = "Also when the owner, a run of Inspect or a window, is alive.")
    private boolean force;

    @Mixin
    private ChangedOption changed = new ChangedOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What these commands print with {@code --json}. */
    record Done(String sandbox, List<Rows.MachineRow> machines) {}

    abstract MachineVerb command();

    /** What comes before the command, once it is known which sandbox is meant. */
    void before(MachineRun run, Output output) {
        // Most need nothing.
    }

    @Override
    public final Integer call() {
        MachineVerb verb = changed.on(command());
        Output output = new Output();
        try (Corral corral = Core.open()) {
            MachineRun run = MachineRun.of(corral, machine, force);
            before(run, output);
            run.perform(verb, output);
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), run.sandbox());
            List<Rows.MachineRow> machines =
                    view.machines().stream().map(Rows::machine).toList();
            if (json) {
                output.json(new Done(view.id(), machines));
            } else {
                machines.forEach(row -> output.line(
                        view.id() + "/" + row.name() + " " + row.state().replace('_', ' ')));
            }
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = {
                "Boots VMs that were halted, and one that does not start by itself, by its name.",
                "With --from or --only these provisioners of one VM run when it has booted, and no others. In a VM that runs "
                        + "already they run at once, as corral provision runs them."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  corral up 9f3c2a1b/victim",
                "  corral up 9f3c2a1b/victim --from 2   boots it, then goes on with the second provisioner"
            })
    static final class Up extends VerbCommand {
        @Mixin
        private SelectionOptions selection = new SelectionOptions();

        @Override
        MachineVerb command() {
            return MachineVerb.up(selection.chosen());
        }
    }

    @Command(
            name = "halt",
            mixinStandardHelpOptions = true,
            description = "Shuts VMs down; their disks stay.",
            footerHeading = "%nExample:%n",
            footer = "  corral halt 9f3c2a1b")
    static final class Halt extends VerbCommand {
        @Override
        MachineVerb command() {
            return MachineVerb.halt();
        }
    }

    @Command(
            name = "reload",
            mixinStandardHelpOptions = true,
            description = "Shuts VMs down and boots them with what the sandbox's Vagrantfile says now.",
            footerHeading = "%nExample:%n",
            footer = "  corral reload 9f3c2a1b/victim")
    static final class Reload extends VerbCommand {
        @Override
        MachineVerb command() {
            return MachineVerb.reload();
        }
    }

    @Command(
            name = "suspend",
            mixinStandardHelpOptions = true,
            description = "Stops VMs where they are.",
            footerHeading = "%nExample:%n",
            footer = "  corral suspend 9f3c2a1b")
    static final class Suspend extends VerbCommand {
        @Override
        MachineVerb command() {
            return MachineVerb.suspend();
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on with suspended VMs.",
            footerHeading = "%nExample:%n",
            footer = "  corral resume 9f3c2a1b")
    static final class Resume extends VerbCommand {
        @Override
        MachineVerb command() {
            return MachineVerb.resume();
        }
    }

    @Command(
            name = "provision",
            mixinStandardHelpOptions = true,
            description = "Runs the provisioners again: all, from one on, or only some of one VM.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  corral provision 9f3c2a1b/victim",
                "  corral provision 9f3c2a1b/victim --update --from 2   mended in the original, goes on in the same VM",
                "  corral provision 9f3c2a1b/victim --only 1,setup"
            })
    static final class Provision extends VerbCommand {
        @Mixin
        private SelectionOptions selection = new SelectionOptions();

        @Option(
                names = "--update",
                description =
                        "Before, bring the sandbox's code up to date from where it was written (see corral update).")
        private boolean update;

        @Override
        MachineVerb command() {
            return MachineVerb.provision(selection.chosen());
        }

        @Override
        void before(MachineRun run, Output output) {
            if (update) {
                CodeUpdateText.print(CodeUpdateText.perform(run.corral(), run.sandbox(), output), output::message);
            }
        }
    }
}
