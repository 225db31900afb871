package dev.corral.core.inventory.read;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.JournalEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the operations of a journal of any kind: a sandbox's, or that of a cleanup. */
public final class OperationHistory {
    private OperationHistory() {}

    /**
     * The last operations that these entries tell of, oldest first, without the time that they usually take.
     *
     * @param directory the sandbox's directory, to which logs are relative
     */
    public static List<OperationView> of(Path directory, List<JournalEntry> entries) {
        return JournalReader.read(directory, entries).operations().stream()
                .map(told -> told.view().known(alive(told.process()), Optional.empty()))
                .toList();
    }

    private static boolean alive(Optional<ProcessIdentity> process) {
        return process.map(known -> known.life() == Life.ALIVE).orElse(false);
    }
}
