package dev.corral.cli.watch;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.watch.SaveWatch;
import dev.corral.core.vagrantfile.watch.SavedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says after each save what is wrong with a Vagrantfile, and runs the steps again that the save changed. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description =
                "Says after each save what is wrong with a Vagrantfile, and what of it does not hold for the sandbox's VMs yet. "
                        + "Runs the file, which is Ruby code, each time that it or what it uses is saved, whoever saves it.",
        footerHeading = "%nEnds with Ctrl-C.%nExamples:%n",
        footer = {
            "  corral watch ./Vagrantfile",
            "  corral watch 9f3c2a1b --rerun   runs a provisioner again whose settings or script were saved"
        })
public final class WatchCommand implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int STEPS_OF_PATIENCE = 4;

    @Parameters(
            paramLabel = "SANDBOX|FILE",
            description = "A Vagrantfile, or a sandbox, which stands for the Vagrantfile that it was made from.")
    private String what;

    @Option(
            names = "--rerun",
            description =
                    "Bring the sandbox's code up to date after a save, and run those provisioners again that the save changed. "
                            + "Waits while something else changes the sandbox. What needs a reload or a destroy is only said.")
    private boolean rerun;

    @Option(
            names = "--force",
            description = "With --rerun: also when the owner, a run of Inspect or a window, is alive.")
    private boolean force;

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open();
                EndingSignals signals = EndingSignals.interrupting()) {
            Path file = Path.of(what);
            Watched watched = Files.isRegularFile(file) ? ofFile(corral, file, output) : ofSandbox(corral, output);
            return follow(new SaveWatch(watched, rerun), watched.files(), signals);
        }
    }

    private Watched ofFile(Corral corral, Path file, Output output) {
        if (rerun) {
            throw ExpectedFailure.usage(
                    "Steps run again in a sandbox, and " + file + " is a file.",
                    "Name the sandbox that was made from it; corral list sandboxes shows those that exist.");
        }
        ResolveRequest request = ResolveRequest.of(file, Map.of(), Optional.empty());
        return new Watched(corral, "", request, new SavedFiles(request.vagrantfile()), output);
    }

    private Watched ofSandbox(Corral corral, Output output) {
        SandboxView view = NamedSandbox.find(corral.inventory().refresh(), what);
        if (rerun && !force) {
            NamedSandbox.refuseLive(view);
        }
        Manifest manifest = view.manifest()
                .filter(one -> !one.vagrantfile().isBlank())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "What sandbox " + view.id() + " was made from is not known: this Corral did not make it.",
                        "Name a Vagrantfile instead."));
        Path original = Path.of(manifest.vagrantfile());
        ResolveRequest request = ResolveRequest.of(
                original,
                Manifest.environment(view.id(), Optional.of(manifest)),
                manifest.context().provider());
        return new Watched(corral, view.id(), request, new SavedFiles(request.vagrantfile()), output);
    }

    private static int follow(SaveWatch watch, SavedFiles files, EndingSignals signals) {
        try {
            watch.saved();
            for (int turn = 1; ; turn++) {
                Thread.sleep(STEP);
                if (files.look()) {
                    watch.saved();
                } else if (turn % STEPS_OF_PATIENCE == 0) {
                    watch.again();
                }
            }
        } catch (InterruptedException e) {
            return signals.exitCode().orElse(ExitCode.INTERRUPTED);
        }
    }
}
