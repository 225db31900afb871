package dev.corral.core.hypervisor.console;

import dev.corral.core.base.FileGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who has a machine's serial console now, across processes: what it prints reaches one reader only. A person goes before whoever only
 * watches, who gives way within a moment. Both are locked files, so what a killed process had is free.
 */
public final class ConsoleTurn {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path person;
    private final Path watcher;

    private ConsoleTurn(Path person, Path watcher) {
        this.person = person;
        this.watcher = watcher;
    }

    /**
     * That of one machine.
     *
     * @param own     the sandbox's folder that is ours
     * @param machine the machine's full name
     */
    public static ConsoleTurn of(Path own, String machine) {
        String name = "console-" + fileName(machine);
        return new ConsoleTurn(own.resolve(name + ".person"), own.resolve(name + ".watcher"));
    }

    /** A machine's name as a part of a file's name. */
    public static String fileName(String machine) {
        String plain = machine.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.substring(0, Math.min(plain.length(), 100));
    }

    /**
     * A person's turn; waits until whoever watches has let go, for a few seconds at most.
     *
     * @return given back by closing it; empty if another person has the console
     * @throws IOException if the sandbox's folder takes no file
     */
    public Optional<FileGuard> forPerson() throws IOException, InterruptedException {
        Optional<FileGuard> mine = patiently(person);
        if (mine.isPresent()) {
            // One who watches and does not let go is stuck, and the hypervisor has the last word.
            Optional<FileGuard> idle = patiently(watcher);
            if (idle.isPresent()) {
                idle.get().close();
            }
        }
        return mine;
    }

    private static Optional<FileGuard> patiently(Path file) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Optional<FileGuard> guard = FileGuard.tryTake(file);
        while (guard.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(STEP);
            guard = FileGuard.tryTake(file);
        }
        return guard;
    }

    /**
     * The turn of who only watches; empty while a person has the console, or another one watches.
     *
     * @throws IOException if the sandbox's folder takes no file
     */
    public Optional<FileGuard> forWatcher() throws IOException {
        if (wanted()) {
            return Optional.empty();
        }
        Optional<FileGuard> mine = FileGuard.tryTake(watcher);
        if (mine.isPresent() && wanted()) {
            mine.get().close();
            return Optional.empty();
        }
        return mine;
    }

    /** Whether a person has the console, or wants to. */
    public boolean wanted() throws IOException {
        if (!Files.exists(person)) {
            return false;
        }
        Optional<FileGuard> free = FileGuard.tryTake(person);
        if (free.isPresent()) {
            free.get().close();
        }
        return free.isEmpty();
    }

    /** Takes the files away once the console is nobody's any more. */
    public void forget() throws IOException {
        Optional<FileGuard> mine = forWatcher();
        if (mine.isPresent()) {
            try (FileGuard held = mine.get()) {
                Files.deleteIfExists(watcher);
            }
        }
    }
}
