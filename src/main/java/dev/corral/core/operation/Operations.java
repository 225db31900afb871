package dev.corral.core.operation;

import dev.corral.core.base.Subscription;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.diff.Difference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts workflows and knows those of this process. Thread-safe; no method blocks for longer than a few file reads. */
public interface Operations {

    /**
     * Begins to start a sandbox. The checks that need no Vagrant (does the file exist, can the cache directory be
     * written) are done before it returns.
     *
     * @throws dev.corral.core.base.ExpectedFailure when one of these checks fails
     */
    Operation start(StartRequest request);

    /**
     * Begins to destroy a sandbox of any owner; a start of this process that is under way is cancelled first.
     *
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox
     */
    Operation destroy(String sandbox);

    /**
     * Begins to destroy the sandbox in this directory, which may lie below a cache suffix.
     *
     * @param guard asked under the sandbox's lock; what it throws ends the workflow before anything was touched
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox
     */
    Operation destroy(Path directory, DestroyGuard guard);

    /**
     * Begins to run a Vagrant command on machines that exist.
     *
     * @param machine the machine's name with or without suffix; empty means all of the sandbox
     * @param lines   gets what Vagrant says, as it says it, on the workflow's thread
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox or machine
     */
    Operation run(String sandbox, String machine, MachineVerb command, Consumer<LogLine> lines);

    /**
     * What Vagrant would evaluate of a sandbox that is not as it was copied, a few words each; a command on its machines refuses that, puts
     * it back or uses it, see {@link MachineVerb#changed}. Reads files, so it blocks.
     *
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox, or that can't be told
     */
    List<String> changed(String sandbox);

    /**
     * Begins to bring a sandbox's code up to date from the Vagrantfile that it was copied from. Its machines stay as they are; what of it
     * holds for them only after a provision, reload or destroy, {@link #differences} tells.
     *
     * @param trust what the user's word covers; empty where whoever asks named the sandbox
     * @param done  told on the operation's thread what was changed, before it ends well
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox
     */
    Operation updateCode(String sandbox, Optional<TrustGiven> trust, Consumer<CodeUpdate> done);

    /**
     * What {@link #updateCode} would change now. Runs the original Vagrantfile unless Vagrant's answer is remembered, so it blocks.
     *
     * @param trust as there
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox, or that could not be done
     */
    CodeUpdate plannedUpdate(String sandbox, Optional<TrustGiven> trust);

    /**
     * What the original Vagrantfile says now and what does not hold for the sandbox's machines yet. Runs it unless Vagrant's answer is
     * remembered, so it blocks.
     *
     * @param trust as in {@link #updateCode}
     * @return machine by machine, in the file's order; empty if there is nothing
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox, or that can't be told
     */
    List<Difference> differences(String sandbox, Optional<TrustGiven> trust);

    /**
     * Begins to destroy one machine of a sandbox; the sandbox and its other machines stay. When it is the last one that exists,
     * the whole sandbox is destroyed.
     *
     * @param machine the machine's name with or without suffix
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox or machine
     */
    Operation destroyMachine(String sandbox, String machine);

    /**
     * Makes this process the owner of a sandbox whose owner has ended, so that it is a stray no more. Pins stay as they are.
     *
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox, it has no manifest, another workflow changes it, or its
     *                                         owner lives or nobody can tell
     */
    void takeBack(String sandbox);

    /** Says that the sandbox stays when its owner ends, or takes that back. */
    void pin(String sandbox, boolean pinned);

    /**
     * Says that the sandbox in this directory stays, or with an empty pin takes that back.
     *
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox, or it has no manifest
     */
    void pin(Path directory, Optional<Manifest.Pin> pin);

    /**
     * Begins to shut down every machine of the sandbox in this directory; their disks stay.
     *
     * @param guard asked under the sandbox's lock; what it throws ends the workflow before anything was touched
     * @throws dev.corral.core.base.ExpectedFailure if there is no such sandbox
     */
    Operation shutDown(Path directory, DestroyGuard guard);

    /**
     * Begins an operation of any kind.
     *
     * @return the same
     */
    <T extends OperationTask> T launch(T operation);

    /** The operations of this process that are under way, oldest first: those of {@link #launch} and of cleanups too. */
    List<Operation> running();

    /**
     * Calls {@code begun} with each operation of this process that begins from now on, before it does anything, on the thread that begins
     * it.
     *
     * @return closes the subscription
     */
    Subscription listen(Consumer<Operation> begun);
}
