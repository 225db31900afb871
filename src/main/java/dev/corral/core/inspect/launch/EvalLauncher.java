package dev.corral.core.inspect.launch;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.PluginModules;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Starts {@code inspect eval} as a process that outlives this one. Thread-safe; its methods block. */
public final class EvalLauncher {
    private static final Duration PROBE = Duration.ofSeconds(30);
    private static final String HAS_PLUGIN =
            "import importlib.util, sys; sys.exit(importlib.util.find_spec('vagrantsandbox') is None)";
    // The same as Inspect's entry point would do for an installed plugin.
    private static final String WITH_PLUGIN =
            "import vagrantsandbox.vagrant_sandbox_provider; from inspect_ai._cli.main import main; main()";
    private static final String PLAIN = "from inspect_ai._cli.main import main; main()";

    private final Environment environment;
    private final PythonLocator locator;

    /** Starts with these variables. */
    public EvalLauncher(Environment environment) {
        this.environment = environment;
        this.locator = new PythonLocator(environment);
    }

    /**
     * Starts it in the task file's folder.
     *
     * @param output gets what it prints; the launch and done records are lines of it
     * @param plugin a folder that lives as long as the run, for the plugin where the user's Python has none
     * @param more   variables besides those of this process
     * @throws ExpectedFailure if there is no Python with Inspect, no Corral that its plugin could call, or it does not start
     */
    public ProcessIdentity start(EvalLaunch launch, Path output, Path plugin, Map<String, String> more) {
        Path python = locator.locate();
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.putAll(more);
        variables.put("CORRAL", command());
        variables.put("PYTHONUNBUFFERED", "1");
        String program = PLAIN;
        if (!hasPlugin(python)) {
            program = WITH_PLUGIN;
            writePlugin(plugin);
            variables.merge("PYTHONPATH", plugin.toString(), (before, added) -> added + File.pathSeparator + before);
        }
        List<String> words = new ArrayList<>(List.of(python.toString(), "-c", program));
        words.addAll(launch.arguments());
        try {
            Files.createDirectories(launch.logFolder());
            RunningProcess process = Processes.startLogged(
                    words, Objects.requireNonNull(launch.taskFile().getParent()), variables, output);
            return ProcessIdentity.of(process.pid());
        } catch (IOException | IllegalArgumentException e) {
            throw ExpectedFailure.failed(
                    "Inspect could not be started.",
                    "See " + output + " and that the log folder can be written to.",
                    e);
        }
    }

    /**
     * Asks a run to end as Ctrl-C would, once: a second one would leave machines behind.
     *
     * @throws IOException if it can't be asked
     */
    public static void interrupt(ProcessIdentity process) throws IOException {
        Processes.interrupt(process);
    }

    private String command() {
        Optional<String> given = environment.get("CORRAL");
        if (given.isPresent()) {
            return given.get();
        }
        Optional<String> self = ProcessHandle.current()
                .info()
                .command()
                .filter(program -> Path.of(program).getFileName().toString().equals("corral"));
        Optional<String> found = Arrays.stream(
                        environment.get("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "corral"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        return self.or(() -> found)
                .orElseThrow(() -> ExpectedFailure.failed(
                        "Inspect would not find Corral's command line.",
                        "Put corral on the PATH, or set CORRAL to its path."));
    }

    private boolean hasPlugin(Path python) {
        try {
            ProcessResult asked = Processes.run(
                    List.of(python.toString(), "-c", HAS_PLUGIN), null, environment.variables(), new byte[0], PROBE);
            return asked.ok();
        } catch (IOException | TimeoutException e) {
            throw ExpectedFailure.failed("Python does not answer: " + python, "Check CORRAL_PYTHON and your PATH.", e);
        }
    }

    private static void writePlugin(Path folder) {
        try {
            PluginModules.write(folder);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Inspect's plugin could not be written to " + folder + ".", "See that its disk has room.", e);
        }
    }
}
