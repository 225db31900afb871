package dev.corral.core.local;

import dev.corral.core.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshEndpoint;
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
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kept connections of this process, one a machine. {@code vagrant ssh-config} is read once per boot: its answer
 * lies in the sandbox's directory for other processes, and is asked for anew when the machine does not answer there.
 */
final class MachineConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MachineConnections.class);

    private static final Duration PROBE = Duration.ofSeconds(2);

    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Map<String, GuestConnection> open = new ConcurrentHashMap<>();
    private final Map<String, Object> guards = new ConcurrentHashMap<>();

    MachineConnections(SandboxStore store, Vagrant vagrant) {
        this.store = store;
        this.vagrant = vagrant;
    }

    /** The connection to a machine; reads its SSH settings if nobody has yet. */
    GuestConnection connect(String sandbox, String machine) {
        SandboxFiles files = store.find(sandbox);
        Optional<Manifest> manifest = manifest(files);
        LocalMachine target = machine(files, manifest, machine);
        String key = files.directory() + "/" + target.name();
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
            SshEndpoint endpoint = noted.filter(MachineConnections::answers).orElseGet(() -> ask(files, manifest, target));
            if (known != null) {
                known.close();
            }
            GuestConnection fresh = new GuestConnection(endpoint);
            open.put(key, fresh);
            return fresh;
        }
    }

    private SshEndpoint ask(SandboxFiles files, Optional<Manifest> manifest, LocalMachine machine) {
        Map<String, String> context = manifest.map(known -> known.context().environment())
                .orElseGet(() -> Map.of("INSPECT_VM_SUFFIX", "-" + files.id()));
        String text = vagrant.sshConfig(files.directory(), machine.name(), context);
        SshEndpoint endpoint = parse(text, files, machine).orElseThrow(() -> ExpectedFailure.failed(
                "Vagrant's SSH settings for " + machine.name() + " name no address.",
                "A guest that is reached by password only can't be used; set up a key in its Vagrantfile.").withDetails(text));
        try {
            SshSettings.write(files, machine.name(), machine.id(), text);
        } catch (IOException e) {
            // They are asked for again next time; this connection works.
            LOG.warn("the SSH settings of {} can't be kept", files.id(), e);
        }
        return endpoint;
    }

    private Optional<SshEndpoint> endpoint(SandboxFiles files, LocalMachine machine) {
        try {
            return SshSettings.read(files, machine.name(), machine.id()).flatMap(text -> parse(text, files, machine));
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

    private static Optional<SshEndpoint> parse(String text, SandboxFiles files, LocalMachine machine) {
        return SshConfigParser.parse(text).values().stream().findFirst()
                .map(endpoint -> endpoint.withLabel(files.id() + "/" + machine.name()));
    }

    private static Optional<Manifest> manifest(SandboxFiles files) {
        try {
            return SandboxStore.manifest(files);
        } catch (IOException e) {
            throw ExpectedFailure.failed("The manifest of sandbox " + files.id() + " can't be read.", "Give yourself access to it.", e);
        }
    }

    private static LocalMachine machine(SandboxFiles files, Optional<Manifest> manifest, String name) {
        List<LocalMachine> made = new ArrayList<>();
        try {
            LocalState.machines(files.directory()).stream().filter(local -> !local.id().isEmpty()).forEach(made::add);
        } catch (IOException e) {
            throw ExpectedFailure.failed("The machines of sandbox " + files.id() + " can't be read.", "Give yourself access to them.", e);
        }
        String wanted = !name.isEmpty() ? name : manifest.flatMap(Manifest::primary).orElse("");
        Optional<LocalMachine> found = wanted.isEmpty() ? made.stream().findFirst()
                : made.stream().filter(local -> local.name().equals(wanted) || local.name().equals(wanted + "-" + files.id())).findFirst();
        if (found.isEmpty() && name.equals("default")) {
            return machine(files, manifest, "");
        }
        return found.orElseThrow(() -> ExpectedFailure.notFound(made.isEmpty() ? "Sandbox " + files.id() + " has no running machine."
                : "Sandbox " + files.id() + " has no machine " + wanted + "; it has "
                + String.join(", ", made.stream().map(LocalMachine::name).toList()) + ".", "corral list vms shows those that exist."));
    }

    @Override
    public void close() {
        open.values().forEach(GuestConnection::close);
        open.clear();
    }
}
