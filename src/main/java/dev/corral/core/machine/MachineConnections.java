package dev.corral.core.machine;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.code.MachineIds;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxUse;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.ssh.Whereabouts;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Vagrant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kept connections of this process, one a machine. {@code vagrant ssh-config} is read once per boot: its answer
 * lies in the sandbox's directory for other processes, and is asked for anew when the machine does not answer there.
 */
public final class MachineConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MachineConnections.class);

    private static final Duration PROBE = Duration.ofSeconds(2);
    /** A snapshot may pause a machine for so long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Environment environment;
    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;
    private final MachineIds ids;
    private final Map<String, GuestConnection> open = new ConcurrentHashMap<>();
    private final Map<String, Object> guards = new ConcurrentHashMap<>();

    public MachineConnections(Environment environment, SandboxStore store, Vagrant vagrant, Hypervisors hypervisors) {
        this.environment = environment;
        this.store = store;
        this.vagrant = vagrant;
        this.hypervisors = hypervisors;
        this.ids = new MachineIds(hypervisors);
    }

    /** The connection to a machine; reads its SSH settings if nobody has yet. */
    public GuestConnection connect(String sandbox, String machine) {
        SandboxFiles files = store.find(sandbox);
        Optional<Manifest> manifest = manifest(files);
        HostContext context = Manifest.hosts(manifest);
        LocalMachine target = machine(files, manifest, machine);
        if (!own(files, context, target.name())) {
            requireOwnIds(files, manifest, context);
            target = machine(files, manifest, target.name());
        }
        return connect(files, manifest, target);
    }

    /**
     * The connection to a machine whose SSH settings are noted and that answers there; empty otherwise. Takes no lock and asks no Vagrant,
     * so it does for whoever holds the sandbox's lock and knows that its machines are its own.
     */
    public Optional<GuestConnection> known(String sandbox, String machine) {
        SandboxFiles files = store.find(sandbox);
        Optional<Manifest> manifest = manifest(files);
        LocalMachine target = machine(files, manifest, machine);
        GuestConnection there = open.get(key(files, target));
        if (there != null && there.connected()) {
            return Optional.of(there);
        }
        // What answers at the address of a machine that is off is another one.
        Whereabouts.Word word = whereabouts(Manifest.hosts(manifest), target);
        return endpoint(files, target)
                .filter(endpoint -> word == Whereabouts.Word.RUNNING || word == Whereabouts.Word.UNKNOWN)
                .filter(MachineConnections::answers)
                .map(endpoint -> open.compute(key(files, target), (key, before) -> {
                    if (before != null) {
                        before.close();
                    }
                    return new GuestConnection(
                            endpoint,
                            () -> whereabouts(Manifest.hosts(manifest), target),
                            () -> SandboxUse.begin(files));
                }));
    }

    private static String key(SandboxFiles files, LocalMachine machine) {
        return files.directory() + "/" + machine.name();
    }

    private GuestConnection connect(SandboxFiles files, Optional<Manifest> manifest, LocalMachine target) {
        HostContext context = Manifest.hosts(manifest);
        String key = key(files, target);
        synchronized (guards.computeIfAbsent(key, name -> new Object())) {
            GuestConnection known = open.get(key);
            if (known != null && known.connected()) {
                return known;
            }
            Optional<SshEndpoint> noted = endpoint(files, target);
            if (known != null && noted.isPresent() && noted.get().equals(known.endpoint())) {
                return known;
            }
            // A reload may have given it another address or port since these were noted.
            SshEndpoint endpoint = noted.filter(MachineConnections::answers)
                    .orElseGet(() -> whenThere(context, target, noted, files.id())
                            .orElseGet(() -> ask(files, manifest, target)));
            if (known != null) {
                known.close();
            }
            GuestConnection fresh =
                    new GuestConnection(endpoint, () -> whereabouts(context, target), () -> SandboxUse.begin(files));
            open.put(key, fresh);
            return fresh;
        }
    }

    // A command meant for this sandbox must not run in somebody else's VM.
    private boolean own(SandboxFiles files, HostContext context, String machine) {
        try {
            return ids.own(files, context, machine);
        } catch (IOException e) {
            throw untold(files, e);
        }
    }

    // Nothing is put back under the hands of a Vagrant that is at work.
    private void requireOwnIds(SandboxFiles files, Optional<Manifest> manifest, HostContext context) {
        try (SandboxLock lock = SandboxLock.take(files)) {
            ids.check(
                    files,
                    context,
                    WhenChanged.of(environment, manifest),
                    sentence -> LOG.warn("{}: {}", files.id(), sentence));
        } catch (IOException e) {
            throw untold(files, e);
        }
    }

    private static ExpectedFailure untold(SandboxFiles files, IOException failure) {
        return ExpectedFailure.failed(
                "Whether the VMs of " + files.id() + " are its own can't be told: "
                        + PlainText.line(String.valueOf(failure.getMessage()), 300) + ".",
                "Give yourself access to what it names, then try again.",
                failure);
    }

    /**
     * For a machine that does not answer: its noted settings if it was only paused for a moment (a snapshot), empty if Vagrant has
     * to be asked.
     *
     * @throws ExpectedFailure if it is off, paused for longer, or exists no more: Vagrant would say so only after seconds, and in
     *                         words about itself
     */
    private Optional<SshEndpoint> whenThere(
            HostContext context, LocalMachine machine, Optional<SshEndpoint> noted, String sandbox) {
        long end = System.nanoTime() + PAUSE.toNanos();
        while (true) {
            Whereabouts.Word word = whereabouts(context, machine);
            if (word == Whereabouts.Word.PAUSED && System.nanoTime() < end) {
                LockSupport.parkNanos(PROBE.toNanos() / 4);
                if (Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                continue;
            }
            if (word != Whereabouts.Word.RUNNING && word != Whereabouts.Word.UNKNOWN) {
                throw word.failure(sandbox + "/" + machine.name());
            }
            return noted.filter(MachineConnections::answers);
        }
    }

    private Whereabouts.Word whereabouts(HostContext context, LocalMachine machine) {
        HypervisorSnapshot said = hypervisors.ask(context, Set.of(machine.provider()));
        return said.find(context, machine.provider(), machine.id())
                .map(object -> switch (object.state()) {
                    case RUNNING -> Whereabouts.Word.RUNNING;
                    case PAUSED -> Whereabouts.Word.PAUSED;
                    case STOPPED -> Whereabouts.Word.OFF;
                    default -> Whereabouts.Word.UNKNOWN;
                })
                .orElse(said.tells(context, machine.provider()) ? Whereabouts.Word.GONE : Whereabouts.Word.UNKNOWN);
    }

    private SshEndpoint ask(SandboxFiles files, Optional<Manifest> manifest, LocalMachine machine) {
        Map<String, String> context = Manifest.environment(files.id(), manifest);
        SandboxCode.check(
                files, WhenChanged.of(environment, manifest), sentence -> LOG.warn("{}: {}", files.id(), sentence));
        String text = vagrant.sshConfig(files.directory(), machine.name(), context);
        SshEndpoint endpoint = SshConfigParser.parse(text).values().stream()
                .findFirst()
                .map(found -> found.withLabel(label(files, machine)))
                .orElseThrow(() -> ExpectedFailure.failed(
                                "Vagrant's SSH settings for " + machine.name() + " name no address.",
                                "A guest that is reached by password only can't be used; set up a key in its Vagrantfile.")
                        .withDetails(text));
        try {
            SshSettings.write(files, machine.name(), machine.id(), endpoint, environment.variables());
        } catch (IOException e) {
            // They are asked for again next time; this connection works.
            LOG.warn("the SSH settings of {} can't be kept", files.id(), e);
        }
        return endpoint;
    }

    private Optional<SshEndpoint> endpoint(SandboxFiles files, LocalMachine machine) {
        try {
            return SshSettings.read(files, machine.name(), machine.id())
                    .map(endpoint -> endpoint.withLabel(label(files, machine)));
        } catch (IOException e) {
            LOG.warn("the SSH settings of {} can't be read", files.id(), e);
            return Optional.empty();
        }
    }

    private static boolean answers(SshEndpoint endpoint) {
        if (endpoint.proxyCommand().isPresent()) {
            return true;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) PROBE.toMillis());
            return true;
        } catch (IOException e) {
            LOG.debug("{} does not answer at {}", endpoint.label(), endpoint.address(), e);
            return false;
        }
    }

    private static String label(SandboxFiles files, LocalMachine machine) {
        return files.id() + "/" + machine.name();
    }

    private static Optional<Manifest> manifest(SandboxFiles files) {
        try {
            return SandboxStore.known(files);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The manifest of sandbox " + files.id() + " can't be read.", "Give yourself access to it.", e);
        }
    }

    private static LocalMachine machine(SandboxFiles files, Optional<Manifest> manifest, String name) {
        List<LocalMachine> made = new ArrayList<>();
        try {
            LocalState.machines(files.directory()).stream()
                    .filter(local -> !local.id().isEmpty())
                    .forEach(made::add);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The machines of sandbox " + files.id() + " can't be read.", "Give yourself access to them.", e);
        }
        String wanted =
                !name.isEmpty() ? name : manifest.flatMap(Manifest::primary).orElse("");
        Optional<LocalMachine> found = wanted.isEmpty()
                ? made.stream().findFirst()
                : made.stream()
                        .filter(local -> local.name().equals(wanted)
                                || local.name().equals(wanted + Manifest.suffix(files.id(), manifest)))
                        .findFirst();
        if (found.isEmpty() && name.equals("default")) {
            return machine(files, manifest, "");
        }
        return found.orElseThrow(() -> ExpectedFailure.notFound(
                made.isEmpty()
                        ? "Sandbox " + files.id() + " has no running machine."
                        : "Sandbox " + files.id() + " has no machine " + wanted + "; it has "
                                + String.join(
                                        ", ",
                                        made.stream().map(LocalMachine::name).toList()) + ".",
                "corral list vms shows those that exist."));
    }

    @Override
    public void close() {
        open.values().forEach(GuestConnection::close);
        open.clear();
    }
}
