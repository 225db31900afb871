package dev.corral.core.operation.start;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many {@code vagrant up} run at once below one cache directory, across processes, as
 * INSPECT_MAX_VAGRANT_STARTUPS says, and first come first served. A slot is a locked file and so is a place in the
 * queue, so what a crashed process held is free.
 */
public final class StartSlots {
    private static final String VARIABLE = "INSPECT_MAX_VAGRANT_STARTUPS";
    private static final Duration STEP = Duration.ofMillis(100);

    private final Path directory;
    private final OptionalInt most;

    /**
     * @throws ExpectedFailure if the variable holds no positive number
     */
    public StartSlots(Path cache, Environment environment) {
        directory = cache.resolve(SandboxStore.OWN).resolve("slots");
        most = environment
                .get(VARIABLE)
                .map(StartSlots::number)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /** A slot that is held. */
    public interface Slot extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /**
     * Waits for a slot.
     *
     * @param onPlace   called with the place in the queue, from 1, when it has to wait and when the place changes
     * @param cancelled ends the waiting
     * @return the slot; null when cancelled
     */
    public @Nullable Slot take(IntConsumer onPlace, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        if (most.isEmpty()) {
            return () -> {};
        }
        Files.createDirectories(directory, SafeFiles.privateDirectory());
        int told = 0;
        try (StartQueue.Place place = new StartQueue(directory.resolve("queue")).enter()) {
            while (!cancelled.getAsBoolean()) {
                int ahead = place.ahead();
                Optional<Slot> slot = ahead == 0 ? freeSlot() : Optional.empty();
                if (slot.isPresent()) {
                    return slot.get();
                }
                if (ahead + 1 != told) {
                    told = ahead + 1;
                    onPlace.accept(told);
                }
                Thread.sleep(STEP);
            }
        }
        return null;
    }

    private Optional<Slot> freeSlot() throws IOException {
        for (int number = 0; number < most.getAsInt(); number++) {
            Optional<FileGuard> guard = FileGuard.tryTake(directory.resolve(number + ".lock"));
            if (guard.isPresent()) {
                return Optional.of(guard.get()::close);
            }
        }
        return Optional.empty();
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static ExpectedFailure wrong(String text, @Nullable Exception cause) {
        return ExpectedFailure.failed(
                VARIABLE + " is \"" + text + "\", which is no positive number.",
                "Set it to how many VMs may start at once, or unset it.",
                cause);
    }
}
