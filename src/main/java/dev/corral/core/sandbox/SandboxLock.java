package dev.corral.core.sandbox;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a workflow of this process changes a sandbox; the kernel frees it when the process ends, however it ends. */
public final class SandboxLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxLock.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final FileGuard guard;

    private SandboxLock(FileGuard guard) {
        this.guard = guard;
    }

    /**
     * Takes the lock.
     *
     * @throws ExpectedFailure if another workflow has it
     */
    public static SandboxLock take(SandboxFiles files) throws IOException {
        return new SandboxLock(FileGuard.tryTake(files.lock()).orElseThrow(() -> ExpectedFailure.failed(
                        "Sandbox " + files.id() + " is being changed right now"
                                + by(files).map(words -> ": " + words).orElse("") + ".",
                        "Wait until that has ended, or cancel it where it was begun.")
                .withKind(ExpectedFailure.Kind.BUSY)));
    }

    // The newest operation without an ending, by whom and since when; the journal may say nothing yet, or already
    // nothing.
    private static Optional<String> by(SandboxFiles files) {
        try {
            Map<String, JournalEntry> begun = new LinkedHashMap<>();
            for (JournalEntry entry : new Journal(files.journal()).read()) {
                String workflow = Objects.requireNonNullElse(entry.workflow(), "");
                switch (entry.event()) {
                    case WORKFLOW_STARTED -> begun.put(workflow, entry);
                    case WORKFLOW_ENDED, WORKFLOW_FAILED, WORKFLOW_CANCELLED -> begun.remove(workflow);
                    default -> {
                        // Nothing begins or ends.
                    }
                }
            }
            return begun.values().stream()
                    .filter(entry -> entry.process() != null && entry.process().life() != ProcessIdentity.Life.ENDED)
                    .reduce((first, second) -> second)
                    .map(entry -> entry.operationKind().words() + " by process "
                            + Objects.requireNonNull(entry.process()).pid() + ", since " + TIME.format(entry.at()));
        } catch (IOException e) {
            LOG.debug("who changes {} can't be told", files.id(), e);
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        guard.close();
    }
}
