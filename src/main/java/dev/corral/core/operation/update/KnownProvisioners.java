package dev.corral.core.operation.update;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrantfile.FailureWords;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.hook.ChosenProvisioners;
import dev.corral.core.vagrantfile.hook.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the provisioners among which a person chooses: those that the code in the sandbox gives to a machine. */
public final class KnownProvisioners {
    private final VagrantfileResolver vagrantfiles;

    /** @param vagrantfiles asked where the code is not what was kept */
    public KnownProvisioners(VagrantfileResolver vagrantfiles) {
        this.vagrantfiles = vagrantfiles;
    }

    /**
     * What was chosen, of one machine; empty if all of them are meant. Blocks where Vagrant has to be asked.
     *
     * @param machine the machine's full name
     * @throws ExpectedFailure if there is no such provisioner, or the code in the sandbox does not say which there are
     */
    public Optional<ChosenProvisioners> choose(
            SandboxFiles files, Optional<Manifest> manifest, String machine, Selection selection) throws IOException {
        if (selection.all()) {
            return Optional.empty();
        }
        ResolvedMachine resolved = resolution(files, manifest)
                .machine(machine)
                .orElseThrow(() -> ExpectedFailure.failed(
                        "The Vagrantfile of " + files.id() + " defines no machine " + machine + " any more.",
                        "See whether it reads a variable or file that was there at its start and is not now."));
        List<Selection.Candidate> all =
                resolved.provisioners().stream().map(Selection.Candidate::of).toList();
        Set<Integer> never = IntStream.range(0, all.size())
                .filter(index -> resolved.provisioners().get(index).run().equals("never"))
                .boxed()
                .collect(Collectors.toSet());
        return Optional.of(new ChosenProvisioners(machine, all, selection.of(machine, all), never));
    }

    private Resolution resolution(SandboxFiles files, Optional<Manifest> manifest) throws IOException {
        Optional<Resolution> kept = KeptResolution.of(files);
        if (kept.isPresent() && SandboxCode.changed(files).isEmpty()) {
            return kept.get();
        }
        Map<String, String> variables = new HashMap<>(Manifest.environment(files.id(), manifest));
        variables.remove("VAGRANT_DOTFILE_PATH");
        variables.remove(Manifest.StartContext.NAME_OF_FILE);
        Path vagrantfile = SandboxVagrantfile.of(files, manifest);
        Resolution said =
                vagrantfiles.examine(ResolveRequest.of(vagrantfile, variables, manifest.flatMap(known -> known.context()
                        .provider())));
        if (said.failure().isPresent()) {
            throw FailureWords.of(vagrantfile, said.failure().get());
        }
        return said;
    }
}
