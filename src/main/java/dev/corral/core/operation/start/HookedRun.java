package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import dev.corral.core.vagrantfile.LoadedVagrant;
import dev.corral.core.vagrantfile.hook.ChosenProvisioners;
import dev.corral.core.vagrantfile.hook.MachineRun;
import dev.corral.core.vagrantfile.hook.StartHook;
import dev.corral.core.vagrantfile.hook.Told;
import dev.corral.core.vagrantfile.hook.ToldRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vagrant command on a sandbox's machines with our Ruby in it: how a machine is reached is kept as soon as it answers, so that nobody has
 * to ask Vagrant for it, and what its provisioners did is known afterwards.
 */
public final class HookedRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookedRun.class);
    private static final String VAGRANTFILE = "VAGRANT_VAGRANTFILE";

    private final SandboxFiles files;
    private final Vagrant vagrant;
    private final Optional<StartHook> hook;
    private final VagrantRun run;
    private final Set<String> existed;
    private final ToldRuns told = new ToldRuns();
    private int exitCode;

    private HookedRun(
            SandboxFiles files, Vagrant vagrant, Optional<StartHook> hook, Set<String> existed, VagrantRun run) {
        this.files = files;
        this.existed = existed;
        this.vagrant = vagrant;
        this.hook = hook;
        this.run = run;
    }

    /**
     * Starts Vagrant in the sandbox's directory.
     *
     * @param arguments the arguments after {@code vagrant}
     * @param context   variables that replace or join ours
     * @param log       gets the output
     * @param hooked    whether our Ruby goes along, where that is possible
     * @param only      the provisioners that run; empty if all do
     * @throws IOException if it can not be started
     * @throws ExpectedFailure if only some provisioners are to run, which takes our Ruby, and that can't go along
     */
    public static HookedRun start(
            SandboxFiles files,
            Vagrant vagrant,
            List<String> arguments,
            Map<String, String> context,
            Path log,
            boolean hooked,
            Optional<ChosenProvisioners> only)
            throws IOException {
        return start(files, vagrant, arguments, context, log, hooked, only, Optional.empty());
    }

    /**
     * The same.
     *
     * @param loaded a Vagrant that waits to go on as this command, if it can; whoever has it closes it afterwards
     */
    static HookedRun start(
            SandboxFiles files,
            Vagrant vagrant,
            List<String> arguments,
            Map<String, String> context,
            Path log,
            boolean hooked,
            Optional<ChosenProvisioners> only,
            Optional<LoadedVagrant> loaded)
            throws IOException {
        // Without a Vagrantfile here Vagrant looks further up, which is its own affair.
        Path vagrantfile = files.directory().resolve(context.getOrDefault(VAGRANTFILE, "Vagrantfile"));
        Optional<StartHook> hook = hooked && Files.isRegularFile(vagrantfile) ? StartHook.make() : Optional.empty();
        if (only.isPresent() && hook.isEmpty()) {
            throw ExpectedFailure.failed(
                    "Single provisioners can't be run: the files that this takes can't be put into the temporary folder.",
                    "Make room there, or run all of them.");
        }
        try {
            Map<String, String> variables =
                    hook.map(one -> one.with(context, only)).orElse(context);
            Set<String> existing = LocalState.machines(files.directory()).stream()
                    .filter(machine -> !machine.id().isEmpty())
                    .map(LocalState.LocalMachine::name)
                    .collect(Collectors.toSet());
            Optional<VagrantRun> going =
                    loaded.flatMap(waiting -> waiting.go(vagrant, files.directory(), arguments, variables, log));
            VagrantRun run =
                    going.isPresent() ? going.get() : vagrant.start(files.directory(), arguments, variables, log);
            return new HookedRun(files, vagrant, hook, existing, run);
        } catch (IOException | RuntimeException e) {
            hook.ifPresent(StartHook::close);
            throw e;
        }
    }

    /** The command itself. */
    public VagrantRun run() {
        return run;
    }

    /**
     * Reads output and what is told as they come until the command has ended.
     *
     * @param lines gets every line of the log on the calling thread
     * @return the exit code
     * @throws InterruptedException if the calling thread is interrupted; Vagrant goes on
     */
    public int follow(Consumer<String> lines) throws InterruptedException {
        exitCode = run.follow(lines, () -> hook.ifPresent(one -> one.read(this::listen)));
        return exitCode;
    }

    /**
     * Whether the command failed before Vagrant came to our Ruby, and so to the sandbox's Vagrantfile: nothing can have been done, and
     * without our Ruby it may go well.
     */
    public boolean cameToNothing() {
        return exitCode != 0 && hook.isPresent() && !hook.get().loaded();
    }

    /** What was told of the provisioners of each machine; nothing where our Ruby was not there. */
    public List<MachineRun> told() {
        return told.machines();
    }

    private void listen(Told one) {
        told.accept(one);
        if (one instanceof Told.Reached reached && !reached.id().isEmpty()) {
            note(reached);
            keep(reached);
        }
    }

    // As Vagrant has it in its memory: what lies in its file by now may be a guest's. One that was there before was
    // looked at before.
    private void note(Told.Reached reached) {
        if (existed.contains(reached.machine())) {
            return;
        }
        try {
            MachineIdentity.note(files, reached.machine(), reached.provider(), reached.id());
        } catch (IOException e) {
            LOG.warn("the id of {} of {} can't be noted", reached.machine(), files.id(), e);
        }
    }

    private void keep(Told.Reached reached) {
        Optional<SshEndpoint> endpoint = SshConfigParser.endpoint(
                reached.machine(),
                reached.host(),
                reached.port(),
                reached.username(),
                reached.privateKeyPath(),
                reached.proxyCommand());
        if (endpoint.isEmpty()) {
            LOG.debug("what was told of {} is no way to reach it", reached.machine());
            return;
        }
        try {
            SshSettings.write(files, reached.machine(), reached.id(), endpoint.get(), vagrant.variables(Map.of()));
        } catch (IOException e) {
            // Whoever connects asks Vagrant then.
            LOG.debug("the SSH settings of {} can't be kept", reached.machine(), e);
        }
    }

    @Override
    public void close() {
        hook.ifPresent(StartHook::close);
    }
}
