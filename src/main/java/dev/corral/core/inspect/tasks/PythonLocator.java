package dev.corral.core.inspect.tasks;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Finds the Python in which the user's Inspect lives: {@code $CORRAL_PYTHON}, the active virtual environment, the one that
 * the {@code inspect} command runs in, the ones on the PATH, and last the environment that Corral's set-up made.
 * Thread-safe; blocks while candidates are asked.
 */
public final class PythonLocator {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);
    private static final String PROBE =
            "import importlib.util, sys; sys.exit(importlib.util.find_spec('inspect_ai') is None)";

    private final Environment environment;
    private final Map<Path, Boolean> found = new ConcurrentHashMap<>();

    /** Looks where these variables say. */
    public PythonLocator(Environment environment) {
        this.environment = environment;
    }

    /**
     * The interpreter to use.
     *
     * @throws ExpectedFailure if none has Inspect
     */
    public Path locate() {
        Optional<String> chosen = environment.get("CORRAL_PYTHON");
        if (chosen.isPresent()) {
            Path python = Path.of(chosen.get());
            if (!hasInspect(python)) {
                throw ExpectedFailure.failed(
                        "The Python that CORRAL_PYTHON names has no Inspect: " + python,
                        "Unset CORRAL_PYTHON, or install Inspect there: " + python + " -m pip install inspect-ai");
            }
            return python;
        }
        SequencedSet<Path> candidates = candidates();
        return candidates.stream().filter(this::hasInspect).findFirst().orElseThrow(() -> ExpectedFailure.failed(
                        "No Python with Inspect in it was found.",
                        "Run jpackage/run once, which makes one, or install it into your own: pip install inspect-ai. "
                                + "CORRAL_PYTHON may name the interpreter to use.")
                .withDetails("Looked at: " + candidates));
    }

    private SequencedSet<Path> candidates() {
        SequencedSet<Path> candidates = new LinkedHashSet<>();
        environment
                .get("VIRTUAL_ENV")
                .map(folder -> Path.of(folder, "bin", "python"))
                .ifPresent(candidates::add);
        onPath("inspect").flatMap(script -> interpreterOf(script).stream()).forEach(candidates::add);
        onPath("python3").forEach(candidates::add);
        onPath("python").forEach(candidates::add);
        candidates.add(environment.userData().resolve("corral/python/bin/python"));
        return candidates;
    }

    // Only a success is remembered: what is missing may be installed a moment later.
    private boolean hasInspect(Path python) {
        if (found.containsKey(python)) {
            return true;
        }
        if (!Files.isExecutable(python)) {
            return false;
        }
        boolean has = probe(python);
        if (has) {
            found.put(python, true);
        }
        return has;
    }

    private boolean probe(Path python) {
        try {
            ProcessResult result = Processes.run(
                    List.of(python.toString(), "-c", PROBE), null, environment.variables(), new byte[0], PROBE_LIMIT);
            return result.ok();
        } catch (IOException | TimeoutException e) {
            // A candidate that does not even answer is none; if all fail, the message lists them.
            return false;
        }
    }

    private Stream<Path> onPath(String program) {
        List<String> folders =
                new ArrayList<>(Arrays.asList(environment.get("PATH").orElse("").split(":")));
        folders.removeIf(String::isBlank);
        return folders.stream().map(folder -> Path.of(folder, program)).filter(Files::isExecutable);
    }

    /** The interpreter that a script's first line names; empty for programs and for scripts of another language. */
    static Optional<Path> interpreterOf(Path script) {
        try (BufferedReader reader = Files.newBufferedReader(script, StandardCharsets.ISO_8859_1)) {
            char[] head = new char[512];
            int read = reader.read(head);
            String first = read < 0
                    ? ""
                    : new String(head, 0, read).lines().findFirst().orElse("");
            if (!first.startsWith("#!")) {
                return Optional.empty();
            }
            Path interpreter = Path.of(first.substring(2).strip().split("\\s", 2)[0]);
            return Optional.of(interpreter)
                    .filter(path -> path.getFileName() != null
                            && path.getFileName().toString().startsWith("python")
                            && Files.isExecutable(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
