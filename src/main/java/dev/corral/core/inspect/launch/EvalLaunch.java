package dev.corral.core.inspect.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code inspect eval} is to do so that a person solves one sample. Pure.
 *
 * @param taskFile   the task file, absolute
 * @param task       the task's name
 * @param sample     the sample's id, verbatim
 * @param solver     the file with what the human agent is told, see {@link #solverSettings}
 * @param timeLimit  seconds after which the sample ends; 0 for none
 * @param model      the model, for scorers that need one
 * @param logFolder  where the log goes
 * @param metadata   what the log says of the run
 * @param keeps      whether its sandbox stays whatever becomes of the run
 */
public record EvalLaunch(
        Path taskFile,
        String task,
        String sample,
        Path solver,
        int timeLimit,
        Optional<String> model,
        Path logFolder,
        Map<String, String> metadata,
        boolean keeps) {

    /** Copies the map. */
    public EvalLaunch {
        metadata = new LinkedHashMap<>(metadata);
    }

    /**
     * The arguments after {@code inspect}.
     *
     * @throws ExpectedFailure if the sample's id can not be named on Inspect's command line
     */
    public List<String> arguments() {
        List<String> words = new ArrayList<>(List.of(
                "eval",
                taskFile + "@" + task,
                "--sample-id",
                pattern(sample),
                "--solver",
                "human_cli",
                "--solver-config",
                solver.toString(),
                "--epochs",
                "1",
                "--max-samples",
                "1",
                "--log-dir",
                logFolder.toString(),
                "--json"));
        if (keeps) {
            words.add("--no-sandbox-cleanup");
        }
        if (timeLimit > 0) {
            words.addAll(List.of("--time-limit", Integer.toString(timeLimit)));
        }
        model.ifPresent(name -> words.addAll(List.of("--model", name)));
        metadata.forEach((name, value) -> words.addAll(List.of("--metadata", name + "=" + value)));
        return words;
    }

    /** The whole command as a person would type it, to be shown. */
    public String shown() {
        return "inspect " + arguments().stream().map(EvalLaunch::quoted).collect(Collectors.joining(" "));
    }

    /**
     * The content of the solver's file. In a file nothing is taken for a list or a number, as {@code -S} would.
     *
     * @param user      whose login; empty: the machine's default user
     * @param scoring   whether an answer may be scored on the way
     * @param recording whether logins are recorded in the machine
     * @param answer    a pattern for the answer
     * @param needed    whether an answer is needed
     */
    public static byte[] solverSettings(
            Optional<String> user, boolean scoring, boolean recording, Optional<String> answer, boolean needed) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("intermediate_scoring", scoring);
        settings.put("record_session", recording);
        user.ifPresent(name -> settings.put("user", name));
        if (answer.isPresent()) {
            settings.put("answer", answer.get());
        } else if (!needed) {
            settings.put("answer", false);
        }
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }

    // Inspect takes each id for a shell pattern, and commas part ids.
    private static String pattern(String id) {
        if (id.contains(",")) {
            throw ExpectedFailure.failed(
                    "The sample's id has a comma, which Inspect's command line takes for the end of it: " + id,
                    "Give the sample an id without one.");
        }
        return id.replaceAll("[\\[*?]", "[$0]");
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
