package dev.corral.core.operation.start;

import dev.corral.core.base.FileGuard;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Who came first, across processes: one locked file each, whose name sorts by the time of its making. */
final class StartQueue {
    private final Path directory;

    StartQueue(Path directory) {
        this.directory = directory;
    }

    /** A place in the queue; given up when closed, or when its process ends. */
    interface Place extends AutoCloseable {
        /** How many are before it. */
        int ahead() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Takes the last place. */
    Place enter() throws IOException {
        Files.createDirectories(directory, SafeFiles.privateDirectory());
        while (true) {
            Instant now = Instant.now();
            Path file = directory.resolve("%012d%09d-%08x"
                    .formatted(
                            now.getEpochSecond(),
                            now.getNano(),
                            ThreadLocalRandom.current().nextInt()));
            Optional<FileGuard> guard = FileGuard.tryTake(file);
            // Somebody who counted just then may have taken it for one that was left behind.
            if (guard.isPresent() && Files.exists(file)) {
                return new Held(file, guard.get());
            }
            if (guard.isPresent()) {
                guard.get().close();
            }
        }
    }

    private final class Held implements Place {
        private final Path file;
        private final FileGuard guard;

        Held(Path file, FileGuard guard) {
            this.file = file;
            this.guard = guard;
        }

        @Override
        public int ahead() throws IOException {
            TreeSet<Path> before = new TreeSet<>();
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(other -> other.getFileName().compareTo(file.getFileName()) < 0)
                        .forEach(before::add);
            }
            int waiting = 0;
            for (Path other : before) {
                if (held(other)) {
                    waiting++;
                }
            }
            return waiting;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
            guard.close();
        }
    }

    private static boolean held(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<FileGuard> guard = FileGuard.tryTake(file);
            if (guard.isEmpty()) {
                return true;
            }
            try (FileGuard left = guard.get()) {
                // Its process is gone.
                Files.deleteIfExists(file);
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
