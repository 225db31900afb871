package dev.corral.core.operation.start;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.StartVariables;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.FailureWords;
import dev.corral.core.vagrantfile.LoadedVagrant;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveFailure;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a start in which Vagrant is asked what the Vagrantfile means, before anything is made. Cancelled from any thread. */
public final class VagrantfileReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VagrantfileReading.class);

    private final StartRequest request;
    private final Vagrant vagrant;
    private final VagrantfileResolver vagrantfiles;
    private final Environment environment;
    private final TrustCheck trust;
    private final Interruptible thread = new Interruptible();
    private volatile @Nullable LoadedVagrant loaded;

    /**
     * @param vagrant      the Vagrant that is asked
     * @param vagrantfiles asks it
     * @param environment  this process's variables
     */
    public VagrantfileReading(
            StartRequest request, Vagrant vagrant, VagrantfileResolver vagrantfiles, Environment environment) {
        this.request = request;
        this.vagrant = vagrant;
        this.vagrantfiles = vagrantfiles;
        this.environment = environment;
        this.trust = new TrustCheck(request.trust());
    }

    /**
     * What the Vagrantfile means for a sandbox.
     *
     * @param resolution what Vagrant said
     * @param context    what Vagrant is started with, the variables that the file reads included
     * @param machines   the machines that start by themselves
     * @param spare      those that don't
     * @param primary    the primary one
     */
    public record Read(
            Resolution resolution,
            Manifest.StartContext context,
            List<String> machines,
            List<String> spare,
            String primary) {}

    /**
     * What came of it: either of the two.
     *
     * @param read    what was said
     * @param failure why it came to nothing
     */
    public record Outcome(@Nullable Read read, @Nullable FailureView failure) {}

    /**
     * Asks, or takes what was said before.
     *
     * @param manifest the sandbox's
     * @throws ExpectedFailure if Vagrant can't be asked, or the file starts no machine, or not the primary one that was asked for
     */
    public Outcome of(Manifest manifest) throws IOException, InterruptedException {
        return of(manifest, Optional.empty());
    }

    /**
     * The same for a start: a Vagrant that had to be asked waits to go on as its {@code vagrant up}.
     *
     * @throws ExpectedFailure as {@link #of}
     */
    public Outcome forStart(Manifest manifest) throws IOException, InterruptedException {
        return of(manifest, Optional.of(one -> loaded = one));
    }

    private Outcome of(Manifest manifest, Optional<LoadedVagrant.Keeper> keeper)
            throws IOException, InterruptedException {
        Resolution resolution;
        try {
            resolution = thread.run(() -> {
                trust.before();
                ResolveRequest question = question(manifest);
                Resolution said = keeper.isPresent()
                        ? vagrantfiles.examine(question, keeper.get())
                        : vagrantfiles.examine(question);
                trust.after(said);
                return said;
            });
        } catch (Interruptible.Cancelled e) {
            return new Outcome(null, VagrantUp.stopped(Phase.of(PhaseKind.RESOLVE)));
        } catch (ExpectedFailure e) {
            // One that is too old says nothing useful about it.
            vagrant.version();
            throw e;
        }
        // A machine that does not start may be as broken as it likes: Vagrant does not look at it either.
        Optional<ResolveFailure> failure = resolution.failure().or(() -> resolution.machines().stream()
                .filter(ResolvedMachine::autostart)
                .flatMap(machine -> machine.failure().stream())
                .findFirst());
        if (failure.isPresent()) {
            return new Outcome(null, view(failure.get()));
        }
        List<String> starting = names(resolution, true);
        List<String> spare = names(resolution, false);
        if (starting.isEmpty()) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile starts no machine.",
                    spare.isEmpty()
                            ? "Check that it calls Vagrant.configure, and that nothing ends it before."
                            : "Its machines (" + String.join(", ", spare)
                                    + ") have autostart: false; a sandbox needs one that starts by itself.");
        }
        return new Outcome(
                new Read(
                        resolution,
                        context(manifest, resolution),
                        starting,
                        spare,
                        primary(resolution, starting, spare, manifest.suffix())),
                null);
    }

    /** The Vagrant that was asked and waits to go on as the start, if it had to be asked and can. */
    public Optional<LoadedVagrant> loaded() {
        return Optional.ofNullable(loaded);
    }

    /** Ends what waits; what has gone on must have ended. */
    @Override
    public void close() {
        loaded().ifPresent(LoadedVagrant::close);
    }

    private FailureView view(ResolveFailure failure) {
        ExpectedFailure said = FailureWords.of(request.vagrantfile(), failure);
        return FailureExplainer.recognised(new FailureView(
                Phase.of(PhaseKind.RESOLVE),
                said.getMessage(),
                said.nextStep(),
                said.details().lines().toList(),
                line(failure),
                false));
    }

    // The line of the Vagrantfile itself that led there; 0 if it is none.
    private int line(ResolveFailure failure) {
        String own = request.vagrantfile() + ":";
        if (failure.line() != null && request.vagrantfile().toString().equals(failure.file())) {
            return failure.line();
        }
        return failure.backtrace().stream()
                .filter(frame -> frame.startsWith(own))
                .mapToInt(frame -> {
                    String digits = frame.substring(own.length()).replaceAll("[^0-9].*", "");
                    return digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
                })
                .findFirst()
                .orElse(0);
    }

    /** A question that is asked meanwhile; closing it ends it. */
    public interface Learning extends AutoCloseable {
        @Override
        void close() throws InterruptedException;
    }

    /**
     * Asks once more with another suffix where the file reads that, so that the next sandbox's start of the same file need not ask. Meant
     * for the time in which a machine boots.
     */
    public Learning learn(Manifest manifest, Resolution resolution) {
        if (resolution.variables().stream().noneMatch(one -> one.name().equals("INSPECT_VM_SUFFIX"))) {
            return () -> {};
        }
        Thread asking = Thread.ofVirtual().name("learn-" + manifest.id()).start(() -> learn(manifest));
        return () -> {
            thread.cancel();
            asking.join();
        };
    }

    private void learn(Manifest manifest) {
        try {
            thread.run(() -> {
                trust.before();
                vagrantfiles.learnSuffix(question(manifest));
                return true;
            });
        } catch (IOException | InterruptedException | RuntimeException | Interruptible.Cancelled e) {
            LOG.debug("the next start of {} will have to ask again", request.vagrantfile(), e);
        }
    }

    /**
     * Sees to it that the copy is what Vagrant was asked about, where somebody's word is about that.
     *
     * @throws ExpectedFailure if it is not
     */
    public void check(CopyPlan plan, CopiedFiles copied) {
        trust.copied(plan, copied);
    }

    /** Ends it, from any thread. */
    public void cancel() {
        thread.cancel();
    }

    private ResolveRequest question(Manifest manifest) {
        Map<String, String> variables = new HashMap<>(manifest.context().environment());
        // Where the sandbox keeps its state is no answer's matter.
        variables.remove("VAGRANT_DOTFILE_PATH");
        variables.remove(Manifest.StartContext.NAME_OF_FILE);
        return ResolveRequest.of(request.vagrantfile(), variables, request.provider());
    }

    private static List<String> names(Resolution resolution, boolean autostart) {
        return resolution.machines().stream()
                .filter(machine -> machine.autostart() == autostart)
                .map(ResolvedMachine::name)
                .toList();
    }

    private String primary(Resolution resolution, List<String> starting, List<String> spare, String suffix) {
        String wanted = request.primary().filter(name -> !name.isBlank()).orElse("");
        if (wanted.isEmpty()) {
            return resolution.primary().filter(starting::contains).orElseGet(starting::getFirst);
        }
        for (String name : List.of(wanted, wanted + suffix)) {
            if (starting.contains(name)) {
                return name;
            }
            if (spare.contains(name)) {
                throw ExpectedFailure.failed(
                        "The machine " + name
                                + " can't be the primary one: it does not start by itself (autostart: false).",
                        "Name one of these: " + String.join(", ", starting) + ".");
            }
        }
        List<String> all = new ArrayList<>(starting);
        all.addAll(spare);
        throw ExpectedFailure.failed(
                "The Vagrantfile has no machine " + wanted + "; it has " + String.join(", ", all) + ".",
                "Name one of these as the primary machine.");
    }

    private Manifest.StartContext context(Manifest manifest, Resolution resolution) {
        Manifest.StartContext known = manifest.context();
        StartVariables.Read read = StartVariables.read(
                environment,
                known.environment(),
                resolution.variables().stream().map(Resolution.Variable::name).toList());
        return new Manifest.StartContext(
                known.provider(),
                read.kept(),
                known.primary(),
                known.given(),
                connections(resolution),
                read.withheld());
    }

    // Of a machine at libvirt its settings name the connection, whether the file, a variable or a default decided it.
    private static List<String> connections(Resolution resolution) {
        TreeSet<String> uris = new TreeSet<>();
        for (ResolvedMachine machine : resolution.machines()) {
            if (machine.provider().filter("libvirt"::equals).isPresent()) {
                String uri = machine.providerSettings().path("uri").asText("");
                if (!uri.isBlank()) {
                    uris.add(uri);
                }
            }
        }
        return List.copyOf(uris);
    }
}
