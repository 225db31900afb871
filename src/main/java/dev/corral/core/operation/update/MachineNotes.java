package dev.corral.core.operation.update;

import dev.corral.core.code.ActiveCode;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.diff.ActiveMachine;
import dev.corral.core.vagrantfile.diff.Differences;
import dev.corral.core.vagrantfile.hook.MachineRun;
import dev.corral.core.vagrantfile.hook.Told;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes after each Vagrant command what the machines are made with by then. What can't be noted is logged only: a command that went well
 * has gone well. For who holds the sandbox's lock.
 */
public final class MachineNotes {
    private static final Logger LOG = LoggerFactory.getLogger(MachineNotes.class);

    private MachineNotes() {}

    /** The SHA-256 of what was copied, by place; links apart. */
    public static Map<String, String> hashes(CopiedFiles copied) {
        Map<String, String> hashes = new TreeMap<>();
        copied.files().forEach((place, one) -> {
            if (one.sha256() != null) {
                hashes.put(place, one.sha256());
            }
        });
        return hashes;
    }

    /**
     * After machines were made, booted or provisioned, whether that went well or not.
     *
     * @param made   whether a machine was made by this command; of another one of which nothing is noted nothing can be known
     * @param booted the machines that were seen to boot
     * @param told   what was told of their provisioners
     */
    public static void ran(SandboxFiles files, Predicate<String> made, Set<String> booted, List<MachineRun> told) {
        quietly(files, () -> {
            Optional<Resolution> kept = KeptResolution.of(files);
            if (kept.isEmpty()) {
                return;
            }
            ActiveCode before = ActiveCode.of(files);
            ActiveCode now = before;
            for (LocalMachine local : LocalState.machines(files.directory())) {
                Optional<ResolvedMachine> resolved = kept.get().machine(local.name());
                ActiveMachine known = now.machines().get(local.name());
                boolean noted = known != null && known.id().equals(local.id());
                if (!local.id().isEmpty() && resolved.isPresent() && (noted || made.test(local.name()))) {
                    now = now.with(
                            local.name(), machine(files, kept.get(), resolved.get(), known, local.id(), booted, told));
                }
            }
            if (!now.equals(before)) {
                now.write(files);
            }
        });
    }

    private static ActiveMachine machine(
            SandboxFiles files,
            Resolution kept,
            ResolvedMachine resolved,
            @Nullable ActiveMachine known,
            String id,
            Set<String> booted,
            List<MachineRun> told)
            throws IOException {
        ActiveMachine now = known == null || !known.id().equals(id)
                ? ActiveMachine.fresh(id, resolved)
                : booted.contains(resolved.name()) ? known.afterBoot(resolved) : known;
        @Nullable Map<String, String> hashes = null;
        for (MachineRun run : told) {
            for (Told.Ran one : run.machine().equals(resolved.name()) ? run.ended() : List.<Told.Ran>of()) {
                if (fits(one, run, resolved)) {
                    hashes = hashes == null ? copied(files) : hashes;
                    ResolvedMachine.Provisioner provisioner =
                            resolved.provisioners().get(one.index());
                    now = now.afterRun(new ActiveMachine.Ran(
                            provisioner, Differences.usedBy(kept, resolved, provisioner, hashes)));
                }
            }
        }
        return now;
    }

    // What ran counts for what was kept only if it is that: the code in the sandbox may be another by a person's will.
    private static boolean fits(Told.Ran one, MachineRun run, ResolvedMachine resolved) {
        return one.index() >= 0
                && run.provisioners().size() == resolved.provisioners().size()
                && resolved.provisioners().get(one.index()).type().equals(one.type());
    }

    private static Map<String, String> copied(SandboxFiles files) throws IOException {
        try {
            return hashes(CopiedFiles.read(files.copied()));
        } catch (NoSuchFileException e) {
            return Map.of();
        }
    }

    /** Before a start makes any machine: whether the files and setup of its sample are to come afterwards. */
    public static void unprepared(SandboxFiles files, boolean still) {
        quietly(files, () -> {
            ActiveCode known = ActiveCode.of(files);
            if (known.unprepared() != still) {
                known.withUnprepared(still).write(files);
            }
        });
    }

    /** After a snapshot of these machines was saved, gone back to or removed. */
    public static void snapshot(SandboxFiles files, List<String> machines, String snapshot, SnapshotDone done) {
        quietly(files, () -> {
            ActiveCode now = ActiveCode.of(files);
            for (String machine : machines) {
                now = switch (done) {
                    case SAVED -> now.saved(machine, snapshot);
                    case RESTORED -> now.restored(machine, snapshot);
                    case REMOVED -> now.forgotten(machine, snapshot);
                };
            }
            now.write(files);
        });
    }

    /** What was done with a snapshot. */
    public enum SnapshotDone {
        /** Saved. */
        SAVED,
        /** Gone back to. */
        RESTORED,
        /** Removed. */
        REMOVED
    }

    /**
     * Whether all is done by now that the start should have done: each machine that starts by itself is there, and every provisioner of it
     * that runs by itself has ended well. Of a sandbox whose machines nothing is known of, it is not.
     */
    public static boolean complete(SandboxFiles files, Optional<Manifest> manifest) throws IOException {
        Optional<Resolution> kept = KeptResolution.of(files);
        if (kept.isEmpty() || manifest.isEmpty() || manifest.get().machines().isEmpty()) {
            return false;
        }
        ActiveCode active = ActiveCode.of(files);
        List<LocalMachine> made = LocalState.machines(files.directory());
        return !active.unprepared()
                && manifest.get().machines().stream().allMatch(name -> {
                    ActiveMachine machine = active.machines().get(name);
                    return machine != null
                            && made.stream()
                                    .anyMatch(local -> local.name().equals(name)
                                            && local.id().equals(machine.id()))
                            && kept.get()
                                    .machine(name)
                                    .filter(machine::provisioned)
                                    .isPresent();
                });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void quietly(SandboxFiles files, Work work) {
        try {
            work.run();
        } catch (IOException e) {
            LOG.warn("what the machines of {} are made with can't be noted", files.id(), e);
        }
    }
}
