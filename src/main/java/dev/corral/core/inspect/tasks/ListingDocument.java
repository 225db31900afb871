package dev.corral.core.inspect.tasks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the listing script answers.
 *
 * @param tasks the tasks; empty when there is an error
 * @param error why nothing could be read
 */
record ListingDocument(List<EvalTask> tasks, Optional<LoadProblem> error) {

    /**
     * Reads the script's answer.
     *
     * @throws JsonProcessingException if it is none
     */
    static ListingDocument parse(byte[] json) throws JsonProcessingException {
        Answer answer;
        try {
            answer = Json.mapper().readValue(json, Answer.class);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            // Bytes in memory can not fail to be read.
            throw new UncheckedIOException(e);
        }
        List<EvalTask> tasks = answer.tasks() == null
                ? List.of()
                : answer.tasks().stream().map(Task::toTask).toList();
        return new ListingDocument(tasks, Optional.ofNullable(answer.error()).map(Problem::toProblem));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(List<Task> tasks, Problem error) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Task(
            String name,
            String file,
            int epochs,
            String description,
            List<Sample> samples,
            List<String> warnings,
            Problem problem) {
        EvalTask toTask() {
            return new EvalTask(
                    name,
                    Path.of(file),
                    epochs,
                    description,
                    samples.stream().map(Sample::toSample).toList(),
                    warnings,
                    Optional.ofNullable(problem).map(Problem::toProblem));
        }
    }

    // Numbers come as numbers; Jackson gives them as their text.
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Sample(
            String id,
            String input,
            boolean inputTruncated,
            String target,
            List<String> choices,
            List<String> metadataKeys,
            List<String> files,
            boolean hasSetup,
            String description,
            Sandbox sandbox) {
        EvalSample toSample() {
            Optional<Sandbox> asked = Optional.ofNullable(sandbox);
            return new EvalSample(
                    id,
                    input,
                    inputTruncated,
                    target,
                    choices,
                    metadataKeys,
                    files,
                    hasSetup,
                    description,
                    asked.map(Sandbox::type),
                    asked.flatMap(Sandbox::toSpec));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Sandbox(String type, String vagrantfile, String primary, Map<String, String> env) {
        Optional<SandboxSpec> toSpec() {
            return Optional.ofNullable(vagrantfile)
                    .map(path -> new SandboxSpec(Path.of(path), Optional.ofNullable(primary), env));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Problem(String kind, String message, String file, int line, String traceback) {
        LoadProblem toProblem() {
            return new LoadProblem(kind, message, Optional.ofNullable(file).map(Path::of), line, traceback);
        }
    }
}
