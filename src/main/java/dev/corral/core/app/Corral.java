package dev.corral.core.app;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.Cleanup;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.operation.Operations;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.check.VagrantfileLanguage;
import java.util.List;
import java.util.Optional;

/** The core as the window, the command line and the bridge see it. Thread-safe. */
public interface Corral extends AutoCloseable {

    /** The variables and folders in use. */
    Environment environment();

    /** What exists. */
    InventoryMonitor inventory();

    /** Starts and destroys. */
    Operations operations();

    /** Plans and executes cleanups. */
    Cleanup cleanup();

    /** Evals and samples of task files that have not run. */
    TaskFiles taskFiles();

    /** Asks Vagrant what Vagrantfiles mean. */
    VagrantfileResolver vagrantfiles();

    /** What is known of the language of Vagrantfiles; runs none of them. */
    VagrantfileLanguage language();

    /** Reads the logs of Vagrant commands while they grow. */
    LogFollower logs();

    /**
     * The kept connection to one machine, made from {@code vagrant ssh-config} read once per boot. Blocks when that has
     * to be read; connects on first use.
     *
     * @param sandbox the sandbox's id
     * @param machine the machine's name with or without suffix; empty means the primary one
     * @throws ExpectedFailure if there is no such machine or it does not run
     */
    GuestConnection connect(String sandbox, String machine);

    /**
     * The snapshots of a machine, oldest first, asked for at its hypervisor; empty when only Vagrant can tell, which takes a
     * {@link dev.corral.core.operation.MachineVerb#listSnapshots()}. Changes nothing. Blocks.
     *
     * @throws ExpectedFailure if the hypervisor does not answer
     */
    Optional<List<VmSnapshot>> snapshots(MachineView machine);

    /** One line about Vagrant, for instance {@code Vagrant 2.3.4}; runs it once. Blocks. */
    String vagrantVersion();

    /** Closes connections and watchers. Machines stay as they are. */
    @Override
    void close();
}
