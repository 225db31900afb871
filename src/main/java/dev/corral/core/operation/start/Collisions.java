package dev.corral.core.operation.start;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.Exclusive;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out before a start whether what its Vagrantfile fixes (an address, a port, a name) is another's now, and notes what it takes
 * itself, so that the next start finds that. Across processes: one at a time looks and notes.
 */
public final class Collisions {
    private static final Logger LOG = LoggerFactory.getLogger(Collisions.class);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int HIGHEST_PORT = 65535;

    private final SandboxStore store;
    private final Hypervisors hypervisors;

    /** Looks at the sandboxes of this store, at this machine's ports and at the hypervisors. */
    public Collisions(SandboxStore store, Hypervisors hypervisors) {
        this.store = store;
        this.hypervisors = hypervisors;
    }

    /**
     * What is taken.
     *
     * @param wanted what the start wants
     * @param holder who has it, for people to read
     */
    public record Taken(Exclusive wanted, String holder) {
        /** The sentence for it. */
        public String sentence() {
            return "The Vagrantfile gives " + wanted.machine() + " "
                    + wanted.kind().words() + " " + wanted.value() + ", which " + holder + " has now.";
        }

        /** The failure of who does not wait. */
        public ExpectedFailure failure() {
            String next = wanted.kind() == Exclusive.Kind.PORT
                    ? "End the other first, or let Vagrant choose: auto_correct: true."
                    : "Destroy the other first, or make the value depend on ENV[\"INSPECT_VM_SUFFIX\"], which differs from "
                            + "sandbox to sandbox.";
            return ExpectedFailure.failed(sentence(), next).withKind(ExpectedFailure.Kind.BUSY);
        }

        /** The same as a start shows it that ended in this phase. */
        public FailureView view(Phase phase) {
            ExpectedFailure why = failure();
            return new FailureView(
                    phase,
                    why.getMessage(),
                    why.nextStep(),
                    List.of(),
                    0,
                    false,
                    Optional.of(wanted.kind() == Exclusive.Kind.NAME ? Layer.PROVIDER : Layer.NETWORK),
                    wanted.kind() == Exclusive.Kind.PORT
                            ? Optional.of(new Remedy(Remedy.Kind.FREE_PORT, wanted.value()))
                            : Optional.empty());
        }
    }

    /**
     * Notes for a sandbox all of this, if nothing of it is another's.
     *
     * @param wait      called once with what is in the way, to say that it is waited for; empty where nobody waits
     * @param cancelled ends the waiting
     * @return what is another's; empty if it was noted, or the waiting was cancelled
     */
    public Optional<Taken> take(
            SandboxFiles files,
            List<Exclusive> wanted,
            HostContext context,
            Optional<Consumer<Taken>> wait,
            BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        boolean told = false;
        while (true) {
            Optional<Taken> taken = tryTake(files, wanted, context, cancelled);
            if (taken.isEmpty() || wait.isEmpty() || cancelled.getAsBoolean()) {
                return taken;
            }
            if (!told) {
                wait.get().accept(taken.get());
                told = true;
            }
            Thread.sleep(STEP);
        }
    }

    private Optional<Taken> tryTake(
            SandboxFiles files, List<Exclusive> wanted, HostContext context, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        Path lock = store.cache().resolve(SandboxStore.OWN).resolve("taken.lock");
        while (!cancelled.getAsBoolean()) {
            Optional<FileGuard> guard = FileGuard.tryTake(lock);
            if (guard.isPresent()) {
                try (FileGuard held = guard.get()) {
                    Optional<Taken> taken = taken(files, wanted, context);
                    if (taken.isEmpty()) {
                        SafeFiles.replace(note(files), Json.mapper().writeValueAsBytes(wanted));
                    }
                    return taken;
                }
            }
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    private Optional<Taken> taken(SandboxFiles files, List<Exclusive> wanted, HostContext context) throws IOException {
        for (SandboxFiles other : store.list()) {
            if (!other.own().equals(files.own())) {
                for (Exclusive theirs : held(other)) {
                    Optional<Exclusive> ours =
                            wanted.stream().filter(theirs::collidesWith).findFirst();
                    if (ours.isPresent()) {
                        return Optional.of(new Taken(ours.get(), "sandbox " + other.id()));
                    }
                }
            }
        }
        return port(wanted).or(() -> name(wanted, context));
    }

    // What a sandbox took it has as long as the machine is there, and while it may still be made.
    private static List<Exclusive> held(SandboxFiles other) {
        try {
            List<Exclusive> noted = Json.mapper().readValue(OrdinaryFile.read(note(other)), new TypeReference<>() {});
            Set<String> made = LocalState.machines(other.directory()).stream()
                    .filter(machine -> !machine.id().isEmpty())
                    .map(LocalMachine::name)
                    .collect(Collectors.toSet());
            Optional<Manifest> manifest = SandboxStore.manifest(other);
            boolean beginning = made.isEmpty()
                    && manifest.isPresent()
                    && manifest.get().owner().process().life() == Life.ALIVE;
            return noted.stream()
                    .filter(one -> beginning || made.contains(one.machine()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("what {} has for itself can't be read", other.id(), e);
            return List.of();
        }
    }

    private static Path note(SandboxFiles files) {
        return files.own().resolve("taken.json");
    }

    private static Optional<Taken> port(List<Exclusive> wanted) {
        for (Exclusive one : wanted) {
            if (one.kind() == Exclusive.Kind.PORT && one.where().equals(Exclusive.HOST) && !free(one.value())) {
                return Optional.of(new Taken(one, "another program of this machine"));
            }
        }
        return Optional.empty();
    }

    private static boolean free(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // Whatever it means, Vagrant will say it.
            return true;
        }
        if (port <= 0 || port > HIGHEST_PORT) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            // Below 1024 it may only be that we must not.
            return port < 1024;
        }
    }

    private Optional<Taken> name(List<Exclusive> wanted, HostContext context) {
        if (wanted.stream().noneMatch(one -> one.kind() == Exclusive.Kind.NAME)) {
            return Optional.empty();
        }
        Set<String> names = hypervisors.surveyOf(context).machines().stream()
                .map(machine -> machine.object().name())
                .collect(Collectors.toSet());
        return wanted.stream()
                .filter(one -> one.kind() == Exclusive.Kind.NAME && names.contains(one.value()))
                .findFirst()
                .map(one -> new Taken(one, "a VM at " + PlainText.line(one.where(), 100)));
    }
}
