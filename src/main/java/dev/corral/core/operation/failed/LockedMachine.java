package dev.corral.core.operation.failed;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LockHolder;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.VagrantHome;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of a machine that another Vagrant has locked. */
public final class LockedMachine {
    private LockedMachine() {}

    /** The homes of Vagrant in which the locks of a sandbox's machines may lie. */
    public static List<Path> homes(Environment environment, String id, Optional<Manifest> manifest) {
        return List.of(
                VagrantHome.of(environment, Map.of()), VagrantHome.of(environment, Manifest.environment(id, manifest)));
    }

    /** What is noted of such a failure: only its holder can be waited for, or stopped. */
    public static FailureView view(ExpectedFailure failure, Phase in) {
        return new FailureView(
                in,
                failure.getMessage(),
                failure.nextStep(),
                List.of(),
                0,
                false,
                Optional.of(Layer.VAGRANT),
                Optional.of(new Remedy(Remedy.Kind.WAIT, "")));
    }

    /**
     * The failure; of the kind that may be waited for where nothing was done yet.
     *
     * @param machine the machine that the command was for; empty for all
     * @param homes   the homes of Vagrant in which the lock may lie
     * @param names   the machines that may be locked
     * @param begun   whether something was done before that
     */
    public static ExpectedFailure failure(
            SandboxFiles files, String machine, List<Path> homes, List<String> names, boolean begun) {
        Optional<LockHolder> holder = LockHolder.of(files.directory(), homes, names);
        ExpectedFailure failure = ExpectedFailure.failed(
                "Another Vagrant has locked " + (machine.isEmpty() ? files.id() : files.id() + "/" + machine)
                        + holder.map(one -> ": " + one.words() + ".")
                                .orElse(" and has just ended, or can't be seen from here.")
                        + (begun ? " Before that something was done already." : ""),
                holder.map(one -> "Wait for its end, or stop it: kill -INT " + one.pid() + ".")
                                .orElse("Try again.")
                        + (begun ? " corral logs " + files.id() + " shows what was done." : ""));
        // Who waits for a lock tries the same again from the beginning, which is only right where nothing has begun.
        return begun ? failure : failure.withKind(ExpectedFailure.Kind.BUSY);
    }
}
