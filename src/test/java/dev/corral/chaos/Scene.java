package dev.corral.chaos;

import dev.corral.cli.CorralProcess;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command that runs, and what it has done so far. */
final class Scene {
    private final Ground ground;
    private final CorralProcess process;
    private final List<String> others;
    private final Map<String, Long> said;
    private final int journalBefore;
    private final long logsBefore;
    private Path directory;

    /**
     * Begins a command.
     *
     * @param target the sandbox's directory; null for a start, which makes one
     */
    Scene(Ground ground, Path target, String... arguments) {
        this.ground = ground;
        directory = target;
        others = StubWorld.directories(ground.cache());
        said = target == null ? Map.of() : ground.said(target);
        journalBefore = target == null ? 0 : journal().length();
        logsBefore = target == null ? 0 : logs();
        process = CorralProcess.start(ground.variables(), new byte[0], arguments);
    }

    /** The command. */
    CorralProcess process() {
        return process;
    }

    /** The sandbox's directory as it was, even when it is gone; null while a start has not made it. */
    Path directory() {
        if (directory == null) {
            directory = StubWorld.directories(ground.cache()).stream()
                    .filter(name -> !others.contains(name))
                    .findFirst()
                    .map(ground.cache()::resolve)
                    .orElse(null);
        }
        return directory;
    }

    /** How often a word had been said before. */
    long before(String word) {
        return said.getOrDefault(word, 0L);
    }

    /** Whether Vagrant has begun another log. */
    boolean newLog() {
        return directory() != null && logs() > logsBefore;
    }

    /** Whether a new line of the journal has all these words. */
    boolean journalSays(String... words) {
        return directory() != null
                && Stream.of(journal())
                        .map(text -> text.substring(Math.min(journalBefore, text.length())))
                        .flatMap(String::lines)
                        .anyMatch(line -> Arrays.stream(words).allMatch(line::contains));
    }

    private String journal() {
        try {
            return new String(Files.readAllBytes(StubWorld.files(directory).journal()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Not there yet, or gone with its directory.
            return "";
        }
    }

    private long logs() {
        try (Stream<Path> logs = Files.list(StubWorld.files(directory).logs())) {
            return logs.count();
        } catch (IOException e) {
            // Not there yet, or gone with its directory.
            return 0;
        }
    }
}
