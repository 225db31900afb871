package dev.corral.core.vagrant;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Vagrant of this machine: finds it, tells its version, starts it. Thread-safe. */
public final class Vagrant {
    /** The oldest Vagrant that is known to write what is read here. */
    public static final String OLDEST = "2.2.0";
    /** Options of every {@code vagrant up}: output to be parsed, and the cleaning up left to us. */
    public static final List<String> UP_OPTIONS = List.of("--machine-readable", "--no-destroy-on-error");

    private static final int LOCK_TRIES = 3;
    /** A Vagrantfile is a program, and may print without an end. */
    private static final int MOST_SAID = 1 << 20;

    private static final Duration SHORT_COMMAND = Duration.ofMinutes(2);
    private static final Pattern VERSION = Pattern.compile("Vagrant (\\d+)\\.(\\d+)(?:\\.(\\d+))?\\S*");

    private final Environment environment;
    private volatile @Nullable String version;

    /** Uses the Vagrant that this environment's PATH names. */
    public Vagrant(Environment environment) {
        this.environment = environment;
    }

    /**
     * The program.
     *
     * @throws ExpectedFailure if PATH names none
     */
    public Path executable() {
        for (String directory : environment.get("PATH").orElse("/usr/bin:/bin").split(File.pathSeparator)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, "vagrant");
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw ExpectedFailure.failed(
                "Vagrant is not installed, or not on this shell's PATH.",
                "Install Vagrant and a provider plugin, or run jpackage/run --check in a checkout to see what is missing.");
    }

    /**
     * The version, for instance {@code Vagrant 2.3.4}; asked once and kept. Takes about a second the first time.
     *
     * @throws ExpectedFailure if Vagrant is absent, too old, or does not say
     */
    public String version() {
        String known = version;
        if (known == null) {
            known = askVersion();
            version = known;
        }
        return known;
    }

    /**
     * Starts Vagrant in a sandbox directory with its output going to a log file.
     *
     * @param directory the sandbox's directory
     * @param arguments the arguments after {@code vagrant}
     * @param context   variables that replace or join ours
     * @param log       gets the output
     * @throws IOException if it can not be started
     */
    public VagrantRun start(Path directory, List<String> arguments, Map<String, String> context, Path log)
            throws IOException {
        Path trace = log.resolveSibling(log.getFileName() + VagrantRun.TRACE);
        Map<String, String> variables = traced(context, trace);
        return new VagrantRun(Processes.startLogged(command(arguments), directory, variables, log), log, trace);
    }

    /** The variables of a command that logs its errors there: of one in a Vagrantfile it prints no backtrace, but it logs one. */
    Map<String, String> traced(Map<String, String> context, Path trace) {
        Map<String, String> variables = variables(context);
        variables.put("VAGRANT_LOG", "error");
        variables.put("VAGRANT_LOG_FILE", trace.toString());
        return variables;
    }

    /**
     * What {@code vagrant ssh-config} says of a machine; what the Vagrantfile prints meanwhile is no part of it. Changes nothing.
     *
     * @param machine the machine's full name
     * @throws ExpectedFailure if Vagrant refuses, because a machine does not run for instance
     */
    public String sshConfig(Path directory, String machine, Map<String, String> context) {
        List<String> arguments = List.of("ssh-config", "--machine-readable", machine);
        ProcessResult result = run(arguments, directory, variables(context));
        // Vagrant does not wait for a machine's lock, which any other command holds for a moment now and then.
        for (int more = 0;
                more < LOCK_TRIES && !result.ok() && events(result).anyMatch(MachineReadable::machineLocked);
                more++) {
            result = run(arguments, directory, variables(context));
        }
        // A Vagrantfile is read before Vagrant answers, so of several such lines Vagrant's own is the last.
        Optional<String> said = events(result)
                .filter(event ->
                        event.type().equals("ssh-config") && event.target().equals(machine))
                .map(event -> event.field(0))
                .reduce((first, next) -> next);
        if (!result.ok() || said.isEmpty()) {
            List<String> lines = Stream.concat(
                            result.out().lines(), result.err().lines())
                    .flatMap(line -> LogText.of(line).stream())
                    .map(LogLine::text)
                    .distinct()
                    .toList();
            throw ExpectedFailure.failed(
                            "Vagrant has no SSH settings for " + machine + ".",
                            "Check that the machine runs, then try again.")
                    .withDetails(String.join("\n", lines));
        }
        return said.get();
    }

    private static Stream<MachineReadable> events(ProcessResult result) {
        return result.out().lines().flatMap(line -> MachineReadable.parse(line).stream());
    }

    /** The variables that Vagrant runs with: ours without what would lead it elsewhere, and the context on top. */
    public Map<String, String> variables(Map<String, String> context) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.keySet().removeIf(name -> StartVariables.decides(name) && !name.equals("VAGRANT_HOME"));
        variables.put("VAGRANT_CHECKPOINT_DISABLE", "1");
        variables.put("VAGRANT_BOX_UPDATE_CHECK_DISABLE", "1");
        variables.put("VAGRANT_NO_COLOR", "1");
        if (environment
                .get("LC_ALL")
                .or(() -> environment.get("LC_CTYPE"))
                .or(() -> environment.get("LANG"))
                .isEmpty()) {
            // Ruby takes text for ASCII without a locale and stops at the first umlaut.
            variables.put("LC_ALL", "C.UTF-8");
        }
        variables.putAll(context);
        return variables;
    }

    /** This process's variables. */
    public Environment environment() {
        return environment;
    }

    /** Those of these variables that this process does not have. */
    public List<String> unset(Collection<String> names) {
        return names.stream()
                .filter(name -> !environment.variables().containsKey(name))
                .toList();
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(executable().toString());
        command.addAll(arguments);
        return command;
    }

    private String askVersion() {
        // Not in the working directory: a Vagrantfile there would be read.
        Path neutral = Path.of("/");
        ProcessResult result = run(List.of("--version"), neutral, variables(Map.of()));
        Matcher matcher = VERSION.matcher(result.out().strip());
        if (!result.ok() || !matcher.find()) {
            throw ExpectedFailure.failed(
                            "Vagrant does not tell its version.",
                            "Run vagrant --version and mend what it complains about.")
                    .withDetails((result.out() + result.err()).strip());
        }
        String[] oldest = OLDEST.split("\\.");
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        if (major < Integer.parseInt(oldest[0])
                || major == Integer.parseInt(oldest[0]) && minor < Integer.parseInt(oldest[1])) {
            throw ExpectedFailure.failed(matcher.group() + " is too old.", "Install Vagrant " + OLDEST + " or newer.");
        }
        return matcher.group();
    }

    private ProcessResult run(List<String> arguments, Path directory, Map<String, String> variables) {
        try {
            return Processes.run(command(arguments), directory, variables, new byte[0], SHORT_COMMAND, MOST_SAID);
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed(
                    "vagrant " + arguments.getFirst() + " gave no answer in " + SHORT_COMMAND.toMinutes() + " minutes.",
                    "Look whether another Vagrant holds a lock, then try again.",
                    e);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Vagrant can't be started: " + e.getMessage(), "Check that vagrant runs in a terminal.", e);
        }
    }

    /** The directory where Vagrant keeps boxes and its index, unless a sandbox has one of its own. */
    public Path home() {
        return VagrantHome.of(environment, Map.of());
    }
}
