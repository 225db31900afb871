package dev.corral.core.inspect.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.tasks.LoadedInspect;
import dev.corral.core.process.ProcessTable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of Inspect that live on this machine: those with a control server by the notes that it leaves
 * ({@code inspect_ai/control/PID.json} in the user's data directory), and by their command lines those without one and those
 * of other users. A Python program that runs evaluations itself is seen only if it is this user's: it has a control server, or libraries
 * loaded from where Inspect is installed.
 * Thread-safe.
 */
public final class InspectRuns {
    private static final Set<String> COMMANDS = Set.of("eval", "eval-set", "eval-retry", "score");
    private static final long LARGEST = 64 * 1024;
    // A note is made when the server is up, never before its process; clocks are set now and then.
    private static final Duration SLACK = Duration.ofSeconds(10);
    private static final int WORDS_BEFORE = 8;
    private static final int LONGEST = 120;

    private final Path notes;
    private final LoadedInspect loaded = new LoadedInspect();

    /** Looks in this environment's data directory. */
    public InspectRuns(Environment environment) {
        notes = environment.userData().resolve("inspect_ai/control");
    }

    /** The runs that live now; walks all processes. */
    public List<InspectRun> live() {
        return live(ProcessTable.read());
    }

    /** The runs that live, with a table of processes that was read just now. */
    public List<InspectRun> live(ProcessTable table) {
        Map<Long, Note> noted = notes();
        List<InspectRun> runs = new ArrayList<>();
        for (ProcessTable.Row row : table.rows()) {
            Optional<String> command = command(row.command());
            Optional<Note> note =
                    Optional.ofNullable(noted.get(row.process().pid())).filter(known -> fits(known, row));
            if (command.isPresent()
                    || note.isPresent()
                    || isPython(row) && program(row.command()) < 0 && loaded.in(row.process())) {
                // Of a process that hides its age the cautious thing to think is that it is old, and may own
                // everything.
                runs.add(new InspectRun(
                        row.process(),
                        row.startedAt().or(() -> note.map(Note::startedAt)).orElse(Instant.EPOCH),
                        note.flatMap(Note::runId),
                        command.orElse("a Python program with Inspect")));
            }
        }
        loaded.keep(table.rows().stream().map(ProcessTable.Row::process).collect(Collectors.toSet()));
        return runs;
    }

    private static boolean isPython(ProcessTable.Row row) {
        String program = base(row.command().getFirst());
        return program.startsWith("python") || program.startsWith("pypy");
    }

    private record Note(Instant startedAt, Optional<String> runId) {}

    // A killed run leaves its note, and another process may have its pid by now.
    private static boolean fits(Note note, ProcessTable.Row row) {
        return row.startedAt()
                .map(started -> !started.isAfter(note.startedAt.plus(SLACK)))
                .orElse(true);
    }

    private Map<Long, Note> notes() {
        Map<Long, Note> found = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(notes, "[0-9]*.json")) {
            for (Path file : files) {
                note(file, found);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No run of this user ever had a control server, or they are not ours to read: the command lines are left.
            return found;
        }
        return found;
    }

    private static void note(Path file, Map<Long, Note> found) {
        try {
            JsonNode node = Json.mapper().readTree(OrdinaryFile.read(file, LARGEST));
            long pid = node.path("pid").asLong();
            if (pid > 0
                    && file.getFileName().toString().equals(pid + ".json")
                    && node.path("started_at").isNumber()) {
                Optional<String> run = Optional.of(
                                PlainText.line(node.path("run_id").asText(""), LONGEST))
                        .filter(id -> !id.isEmpty());
                found.put(
                        pid,
                        new Note(
                                Instant.ofEpochMilli(
                                        (long) (node.path("started_at").asDouble() * 1000)),
                                run));
            }
        } catch (IOException e) {
            // Torn, broken, or gone with its run; Inspect passes over such files, too.
            return;
        }
    }

    /** What a command line does, if it is a run of Inspect: {@code inspect eval ctf.py}. */
    static Optional<String> command(List<String> words) {
        int program = program(words);
        if (program < 0) {
            return Optional.empty();
        }
        for (int i = program + 1; i < words.size(); i++) {
            if (!words.get(i).startsWith("-")) {
                if (!COMMANDS.contains(words.get(i))) {
                    return Optional.empty();
                }
                // Only the word that follows is surely no option's value, which may be a secret.
                String task = i + 1 < words.size() && !words.get(i + 1).startsWith("-") ? " " + words.get(i + 1) : "";
                return Optional.of(PlainText.line("inspect " + words.get(i) + task, LONGEST));
            }
        }
        return Optional.empty();
    }

    // Where Inspect is in a command line: the program itself, or what Python runs; else -1.
    private static int program(List<String> words) {
        if (base(words.getFirst()).equals("inspect")) {
            return 0;
        }
        String interpreter = base(words.getFirst());
        if (!interpreter.startsWith("python") && !interpreter.startsWith("pypy")) {
            return -1;
        }
        for (int i = 1; i < words.size() && i <= WORDS_BEFORE; i++) {
            String word = words.get(i);
            if (word.startsWith("-m")) {
                String module = word.length() > 2 ? word.substring(2) : i + 1 < words.size() ? words.get(i + 1) : "";
                return module.equals("inspect_ai") || module.startsWith("inspect_ai.")
                        ? word.length() > 2 ? i : i + 1
                        : -1;
            }
            if (word.equals("-c")) {
                return -1;
            }
            if (word.equals("-X") || word.equals("-W")) {
                i++;
            } else if (!word.startsWith("-")) {
                return base(word).equals("inspect") || word.endsWith("/inspect_ai/__main__.py") ? i : -1;
            }
        }
        return -1;
    }

    private static String base(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
