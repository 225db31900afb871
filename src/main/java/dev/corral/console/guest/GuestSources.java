package dev.corral.console.guest;

import dev.corral.console.guest.network.NetworkSource;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.machine.ForwardedPort;
import dev.corral.core.machine.ForwardedPorts;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is looked into, from the core. */
public final class GuestSources {
    private GuestSources() {}

    /** A VM. */
    public static Guest guest(Corral corral, SandboxView sandbox, MachineView machine) {
        String id = sandbox.id();
        String name = machine.name();
        Path directory = sandbox.directory();
        return new Guest(Texts.line(machine.key()), () -> corral.connect(id, name), () -> KeptResolution.of(
                        files(corral, directory))
                .flatMap(said -> said.machine(name)));
    }

    private static SandboxFiles files(Corral corral, Path directory) {
        return new SandboxStore(CacheDirectory.of(corral.environment())).at(directory);
    }

    /** The network of a sandbox. */
    public static NetworkSource network(Corral corral, SandboxView sandbox) {
        String id = sandbox.id();
        Path directory = sandbox.directory();
        return new NetworkSource() {
            @Override
            public GuestConnection connect(String machine) {
                return corral.connect(id, machine);
            }

            @Override
            public Facts facts() throws IOException {
                Optional<Resolution> resolution = KeptResolution.of(files(corral, directory));
                List<ForwardedPort> ports = resolution.isEmpty()
                        ? List.of()
                        : ForwardedPorts.of(resolution.get(), LocalState.machines(directory), ProcessTable.read());
                return new Facts(resolution, ports);
            }
        };
    }
}
