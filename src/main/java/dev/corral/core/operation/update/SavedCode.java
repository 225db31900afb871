package dev.corral.core.operation.update;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.code.ActiveCode;
import dev.corral.core.code.CodeChanges;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.operation.start.VagrantfileReading;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.diff.ActiveMachine;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Differences;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Looks what the original of a sandbox's code would change. Changes nothing; blocks. */
public final class SavedCode {
    private final SandboxFiles files;
    private final CodeComparison.Tools tools;

    /** For one sandbox. */
    public SavedCode(SandboxFiles files, CodeComparison.Tools tools) {
        this.files = files;
        this.tools = tools;
    }

    private interface Work<T> {
        T of(VagrantfileReading.Read read, CodeChanges changes) throws IOException;
    }

    private <T> T compare(Optional<TrustGiven> trust, Work<T> work) {
        try {
            CodeComparison comparison = new CodeComparison(files, SandboxStore.known(files), trust, tools);
            VagrantfileReading.Read read = comparison.ask();
            return work.of(read, comparison.changes(read));
        } catch (CodeComparison.Refused e) {
            throw e.failure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Comparing was stopped.");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Sandbox " + files.id() + " can't be compared with its original: "
                            + PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                    "Give yourself access to what it names, then try again.",
                    e);
        }
    }

    /** What an update would change. */
    public CodeUpdate planned(Optional<TrustGiven> trust) {
        return compare(trust, (read, changes) -> changes.update());
    }

    /** What does not hold for the machines yet. */
    public List<Difference> differences(Optional<TrustGiven> trust) {
        Resolution kept;
        Map<String, ActiveMachine> active;
        try {
            kept = KeptResolution.of(files)
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "What the machines of " + files.id()
                                    + " were made with was not noted: an older Corral started it.",
                            "corral update " + files.id() + " --dry-run compares its files."));
            active = active();
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "What is noted of sandbox " + files.id() + " can't be read.", "Give yourself access to it.", e);
        }
        return compare(
                trust,
                (read, changes) -> Differences.of(
                        read.resolution(),
                        kept,
                        active,
                        MachineNotes.hashes(changes.before()),
                        MachineNotes.hashes(changes.original())));
    }

    // Of machines that are there; what was noted of an earlier one of the same name says nothing.
    private Map<String, ActiveMachine> active() throws IOException {
        Map<String, ActiveMachine> noted = ActiveCode.of(files).machines();
        Map<String, ActiveMachine> there = new HashMap<>();
        for (LocalState.LocalMachine local : LocalState.machines(files.directory())) {
            ActiveMachine known = noted.get(local.name());
            if (known != null && known.id().equals(local.id())) {
                there.put(local.name(), known);
            } else if (!local.id().isEmpty()) {
                throw ExpectedFailure.failed(
                        "What the VM " + files.id() + "/" + local.name()
                                + " was made with was not noted: an older Corral made it, or saved the snapshot that it went back to.",
                        "corral update " + files.id() + " --dry-run compares its files.");
            }
        }
        return there;
    }
}
