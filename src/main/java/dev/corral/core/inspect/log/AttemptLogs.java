package dev.corral.core.inspect.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds logs of Inspect, and tells what they say of each attempt, with Inspect's own code: it reads what it has ever written. Only
 * headers and summaries are read, in one process whose memory and time are limited. Thread-safe; its methods block.
 */
public final class AttemptLogs {
    /** Logs that are read at once. */
    public static final int MOST_LOGS = 2_000;

    private static final int MOST_SAMPLES = 50_000;
    private static final int DEEPEST = 8;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    // Any other file with this ending is none of Inspect's.
    private static final Pattern JSON_LOG = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}[:-]\\d{2}[:-]\\d{2}.*\\.json");

    private final LogScript script;

    /** With the Python that these variables lead to. */
    public AttemptLogs(Environment environment) {
        this.script = new LogScript(environment, "list_attempts.py", LIMIT);
    }

    /**
     * What lies in a folder.
     *
     * @param logs     the logs, by name, so oldest first
     * @param problems what can't be looked into, each with why
     */
    public record Found(List<Path> logs, List<LogRow> problems) {
        /** Copies the lists. */
        public Found {
            logs = List.copyOf(logs);
            problems = List.copyOf(problems);
        }
    }

    /**
     * The logs in a folder and those below it. What can't be looked into below it is told, and hides nothing else.
     *
     * @throws ExpectedFailure if there is no such folder, it can't be read, or has too many
     */
    public static Found find(Path folder) {
        List<Path> found = new ArrayList<>();
        List<LogRow> problems = new ArrayList<>();
        try {
            if (!Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder.toString());
            }
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    // What lies there belongs to runs under way.
                    return directory.endsWith(".buffer") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    // A hidden one is being made, or was left half made.
                    if (attributes.isRegularFile()
                            && !name.startsWith(".")
                            && (name.endsWith(".eval") || JSON_LOG.matcher(name).matches())) {
                        found.add(file);
                    }
                    return found.size() > MOST_LOGS ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (file.equals(folder)) {
                        throw failure;
                    }
                    return passed(file, failure);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                    return failure == null ? FileVisitResult.CONTINUE : passed(directory, failure);
                }

                // Runs make and take away files meanwhile: what has vanished is no problem.
                private FileVisitResult passed(Path file, IOException failure) {
                    if (!(failure instanceof NoSuchFileException) && problems.size() < MOST_LOGS) {
                        problems.add(LogRow.unreadable(
                                file.toString(),
                                failure instanceof AccessDeniedException
                                        ? "you may not look into it"
                                        : "it can't be looked into: "
                                                + PlainText.line(String.valueOf(failure.getMessage()), 200)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound("There is no folder " + folder + ".", "Name one with logs of Inspect.");
        } catch (IOException e) {
            throw ExpectedFailure.failed("The logs in " + folder + " can't be read.", "Give yourself access.", e);
        }
        if (found.size() > MOST_LOGS) {
            throw ExpectedFailure.failed(
                    folder + " has more than " + MOST_LOGS + " logs.", "Name a folder with fewer of them.");
        }
        found.sort(null);
        return new Found(found, problems);
    }

    /**
     * What logs say, in the same order. One that can't be read says why.
     *
     * @throws ExpectedFailure if there is no Python with Inspect, or it does not answer
     */
    public List<LogRow> read(List<Path> logs) {
        if (logs.isEmpty()) {
            return List.of();
        }
        Map<String, Object> asked = Map.of(
                "most", MOST_SAMPLES, "logs", logs.stream().map(Path::toString).toList());
        String about = logs.size() == 1 ? "the log " + logs.getFirst() : logs.size() + " logs";
        return script.lines(asked, about, "Name a folder with fewer of them, and see that Inspect starts.").stream()
                .map(row -> row(row, about))
                .toList();
    }

    private static LogRow row(JsonNode row, String about) {
        try {
            return Json.mapper().treeToValue(row, LogRow.class);
        } catch (JsonProcessingException e) {
            throw ExpectedFailure.failed(
                    "Inspect's answer about " + about + " can't be read.", "Name a folder with fewer of them.", e);
        }
    }
}
