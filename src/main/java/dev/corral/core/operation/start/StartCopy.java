package dev.corral.core.operation.start;

import dev.corral.core.base.Environment;
import dev.corral.core.code.CodeKeeper;
import dev.corral.core.operation.StartOperation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.Copier;
import dev.corral.core.vagrantfile.copy.CopyNote;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import dev.corral.core.vagrantfile.copy.CopyProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The part of a start that copies the Vagrantfile, and what it was seen to read and name. Cancelled from any thread. */
public final class StartCopy {
    /** A copy that takes longer says how far it is, this often. */
    private static final Duration OFTEN = Duration.ofSeconds(5);

    private static final int MOST_NOTES = 20;

    private final StartOperation task;
    private final StartRequest request;
    private final SandboxStore store;
    private final Environment environment;
    private final Interruptible thread = new Interruptible();

    /** Copies for this start. */
    public StartCopy(StartOperation task, StartRequest request, SandboxStore store, Environment environment) {
        this.task = task;
        this.request = request;
        this.store = store;
        this.environment = environment;
    }

    /**
     * What came of it.
     *
     * @param files   where the sandbox's files are now: Vagrant's root may lie deeper than before
     * @param copied  what was copied
     * @param failure why it came to nothing; null if it did not
     */
    public record Outcome(
            SandboxFiles files,
            CopiedFiles copied,
            @Nullable FailureView failure) {}

    /**
     * Copies into the sandbox, says what is left out, and keeps the hashes of what was copied where no guest can change them.
     *
     * @param check looks at what was copied
     */
    public Outcome copy(Resolution resolution, BiConsumer<CopyPlan, CopiedFiles> check)
            throws IOException, InterruptedException {
        SandboxFiles before = task.files();
        try {
            return thread.run(() -> {
                CopyPlan plan = CopyPlan.of(resolution, request.vagrantfile(), environment, store.cache());
                plan.notes().stream().limit(MOST_NOTES).forEach(this::tell);
                if (plan.notes().size() > MOST_NOTES) {
                    task.journal()
                            .append(JournalEntry.noted(
                                    task.id(),
                                    "And " + (plan.notes().size() - MOST_NOTES) + " more that are not copied."));
                }
                SandboxFiles files = plan.above() == 0
                        ? before
                        : store.withRoomAbove(before, Path.of("", plan.between().toArray(String[]::new)));
                Copier.Result result = Copier.copy(plan, files.folder(), files.directory(), new Told());
                result.notes().forEach(this::tell);
                check.accept(plan, result.files());
                result.files().write(files.copied());
                CodeKeeper.keep(files, resolution, plan, result.files());
                return new Outcome(files, result.files(), null);
            });
        } catch (Interruptible.Cancelled e) {
            FailureView stopped = VagrantUp.stopped(Phase.of(PhaseKind.COPY));
            return new Outcome(before, new CopiedFiles(Map.of()), stopped);
        }
    }

    /** Ends it, from any thread. */
    public void cancel() {
        thread.cancel();
    }

    private void tell(CopyNote note) {
        task.journal().append(JournalEntry.noted(task.id(), note.sentence()));
    }

    /** The names for the manifest: without the Vagrantfile itself. */
    public static List<String> names(CopiedFiles copied, Manifest manifest) {
        String own = Path.of(manifest.vagrantfile()).getFileName().toString();
        return copied.files().keySet().stream()
                .filter(name -> !name.equals(own))
                .sorted()
                .toList();
    }

    private final class Told implements CopyProgress {
        private long last = System.nanoTime();

        @Override
        public void at(int files, int allFiles, long bytes, long allBytes) {
            if (System.nanoTime() - last >= OFTEN.toNanos()) {
                last = System.nanoTime();
                task.journal()
                        .append(JournalEntry.noted(
                                task.id(),
                                "Copied " + files + " of " + allFiles + " files, " + (bytes >> 20) + " of "
                                        + (allBytes >> 20) + " MiB."));
            }
        }
    }
}
