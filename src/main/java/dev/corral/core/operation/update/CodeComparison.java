package dev.corral.core.operation.update;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.CodeChanges;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.start.VagrantfileReading;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Looks what the original of a sandbox's code means now, and what of it would come along. Changes nothing. */
public final class CodeComparison {
    private final SandboxFiles files;
    private final Manifest manifest;
    private final Path vagrantfile;
    private final Tools tools;
    private final VagrantfileReading reading;

    /**
     * What it works with.
     *
     * @param environment  this process's variables
     * @param vagrant      the Vagrant that is asked
     * @param vagrantfiles asks it
     * @param cache        the directory of the sandboxes
     */
    public record Tools(Environment environment, Vagrant vagrant, VagrantfileResolver vagrantfiles, Path cache) {}

    /**
     * Checks what can be checked without running the original.
     *
     * @param trust what the user's word covers; empty where whoever asks named the sandbox
     * @throws ExpectedFailure if the sandbox was not made from an original that is there, or needs what this process does not have
     */
    public CodeComparison(SandboxFiles files, Optional<Manifest> known, Optional<TrustGiven> trust, Tools tools) {
        this.files = files;
        this.tools = tools;
        this.manifest = known.filter(one -> !one.vagrantfile().isBlank() && files.apart())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "What sandbox " + files.id() + " was made from is not known: this Corral did not make it.",
                        "Edit its files in " + files.directory() + "."));
        this.vagrantfile = Path.of(manifest.vagrantfile());
        if (!Files.isRegularFile(vagrantfile)) {
            throw ExpectedFailure.notFound(
                    "The Vagrantfile that sandbox " + files.id() + " was made from is gone: " + vagrantfile + ".",
                    "Put it back, or edit the sandbox's own in " + files.directory() + " and say --changed use.");
        }
        List<String> unset = tools.vagrant().unset(SandboxVagrantfile.secrets(known));
        if (!unset.isEmpty()) {
            String names = String.join(", ", unset);
            throw ExpectedFailure.failed(
                    "The Vagrantfile of " + files.id() + " reads " + names
                            + ", set when it was started. Secrets are kept nowhere, and here it is not set.",
                    "Set " + names + " in the environment of this Corral, then try again.");
        }
        this.reading =
                new VagrantfileReading(request(trust), tools.vagrant(), tools.vagrantfiles(), tools.environment());
    }

    private StartRequest request(Optional<TrustGiven> trust) {
        StartRequest request = new StartRequest(
                vagrantfile,
                manifest.context().primary(),
                Map.of(),
                manifest.context().provider(),
                false,
                manifest.origin(),
                Optional.empty(),
                false);
        return trust.map(request::withTrust).orElse(request);
    }

    /** The manifest of the sandbox. */
    public Manifest manifest() {
        return manifest;
    }

    /** What Vagrant is asked through; it checks that what was copied is what it was asked about. */
    public VagrantfileReading reading() {
        return reading;
    }

    /** Ends the asking, from any thread. */
    public void cancel() {
        reading.cancel();
    }

    /**
     * What came of asking Vagrant.
     *
     * @throws ExpectedFailure if it can't be asked, or the original is broken
     * @throws Refused         in the latter case, with the line at fault
     */
    public VagrantfileReading.Read ask() throws IOException, InterruptedException {
        VagrantfileReading.Outcome outcome = reading.of(manifest);
        if (outcome.failure() != null) {
            throw new Refused(outcome.failure());
        }
        VagrantfileReading.Read read = Objects.requireNonNull(outcome.read());
        Set<String> defined = read.resolution().machines().stream()
                .map(machine -> machine.name())
                .collect(Collectors.toSet());
        TreeSet<String> lost = LocalState.machines(files.directory()).stream()
                .filter(local -> !local.id().isEmpty())
                .map(LocalMachine::name)
                .filter(name -> !defined.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!lost.isEmpty()) {
            String names = String.join(", ", lost);
            throw ExpectedFailure.failed(
                    "The Vagrantfile defines no machine " + names + " any more, and the VM of that name exists in "
                            + files.id() + ".",
                    "Destroy it first (corral destroy " + files.id() + "/" + lost.first()
                            + "), or give it its name back.");
        }
        return read;
    }

    /** Why the original can't be used, as it is shown. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient FailureView why;

        Refused(FailureView why) {
            super(why.sentence());
            this.why = why;
        }

        /** Why. */
        public FailureView why() {
            return why;
        }

        /** The same for who has no phases. */
        public RuntimeException failure() {
            return why.cancelled()
                    ? new CancellationException(why.sentence())
                    : ExpectedFailure.failed(why.sentence(), why.nextStep())
                            .withDetails(String.join("\n", why.lines()));
        }
    }

    /**
     * What would come along of the original now, compared with the sandbox.
     *
     * @throws ExpectedFailure if it has no room in this sandbox, or is too much
     */
    public CodeChanges changes(VagrantfileReading.Read read) throws IOException, InterruptedException {
        CopyPlan plan = CopyPlan.of(read.resolution(), vagrantfile, tools.environment(), tools.cache());
        if (!fits(plan)) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile reads what lies above its folder, for which sandbox " + files.id()
                            + " has no room.",
                    "Start it anew: a new sandbox is made with that room.");
        }
        return CodeChanges.of(files, read.resolution(), plan);
    }

    // Room above Vagrant's root is made when a sandbox is.
    private boolean fits(CopyPlan plan) {
        Path deeper = files.folder().relativize(files.directory());
        int room = files.directory().equals(files.folder()) ? 0 : deeper.getNameCount();
        if (plan.above() > room) {
            return false;
        }
        Path between = Path.of("", plan.between().toArray(String[]::new));
        return plan.between().isEmpty()
                || Optional.ofNullable(deeper.getParent())
                        .filter(above -> above.endsWith(between))
                        .isPresent();
    }
}
