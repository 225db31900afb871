package dev.corral.core.hypervisor.console;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Where the serial console of a VM is to be had. */
public sealed interface SerialConsole {
    /**
     * A program that shows it in a terminal, and is left by Ctrl-].
     *
     * @param command program and arguments
     */
    record Program(List<String> command) implements SerialConsole {}

    /**
     * A socket of this machine that carries its bytes both ways.
     *
     * @param path the Unix socket
     */
    record Socket(Path path) implements SerialConsole {}

    /**
     * Finds it. Blocks.
     *
     * @param environment this process's variables
     * @param home        Vagrant's home directory, as the sandbox has it
     * @param context     which hypervisors the sandbox's Vagrant talks to
     * @param provider    Vagrant's name of the machine's provider
     * @param id          its id there
     * @param name        what people call the machine
     * @throws ExpectedFailure if it has none, with what to write in the Vagrantfile; or does not run
     */
    static SerialConsole of(
            Environment environment, Path home, HostContext context, String provider, String id, String name) {
        return switch (provider) {
            case "libvirt" -> libvirt(environment, context, id, name);
            case "qemu" -> qemu(home.resolve("tmp/vagrant-qemu").resolve(id).resolve("qemu_socket_serial"), name);
            case "virtualbox" ->
                throw none(
                        name,
                        "Corral opens no serial console of VirtualBox. In the Vagrantfile, vb.customize [\"modifyvm\", :id, \"--uart1\","
                                + " \"0x3F8\", \"4\", \"--uartmode1\", \"file\", \"/tmp/console.log\"] writes it to a file.");
            case "docker" ->
                throw none(
                        name, "A container has no serial console: docker logs and docker attach show what it prints.");
            default -> throw none(name, "Corral knows no way to the consoles of the provider " + provider + ".");
        };
    }

    private static ExpectedFailure none(String name, String next) {
        return ExpectedFailure.failed(name + " has no serial console that can be opened here.", next);
    }

    private static ExpectedFailure off(String name) {
        return ExpectedFailure.failed(
                        name + " does not run, so it has no console now.", "Boot it: corral up " + name + ".")
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    private static SerialConsole libvirt(Environment environment, HostContext context, String id, String name) {
        HypervisorObject domain = new Hypervisors(environment)
                .ask(context, Set.of("libvirt"))
                .find(context, "libvirt", id)
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "libvirt knows no VM of " + name + ".", "corral list vms shows those that exist."));
        if (domain.state() != MachineState.RUNNING && domain.state() != MachineState.PAUSED) {
            throw off(name);
        }
        String definition;
        try {
            ProcessResult said = Processes.run(
                    List.of("virsh", "-q", "-c", domain.where(), "dumpxml", domain.id()),
                    null,
                    environment.variables(),
                    new byte[0],
                    Duration.ofSeconds(20));
            definition = said.ok() ? said.out() : "";
        } catch (IOException | TimeoutException e) {
            throw ExpectedFailure.failed(
                    "libvirt does not tell about " + name + ".", "corral doctor says what is missing.", e);
        }
        if (!definition.contains("<console") && !definition.contains("<serial")) {
            throw none(
                    name,
                    "Its definition has no serial port. In the Vagrantfile, lv.serial :type => \"pty\" within config.vm.provider :libvirt"
                            + " gives it one when it is made.");
        }
        return new Program(List.of("virsh", "-q", "-c", domain.where(), "console", domain.id()));
    }

    private static SerialConsole qemu(Path socket, String name) {
        if (!Files.exists(socket)) {
            throw off(name);
        }
        return new Socket(socket);
    }
}
