package dev.corral.core.solve.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.inspect.log.LogFiles;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of a person and of a model that are rated, as a real Inspect reads them afterwards. */
@Tag("inspect_eval")
class RatedLogTest {
    private static final Path LOGS = Path.of("src/test/resources/inspect-logs");
    private static final String BY_HAND = "2026-11-27T09-28-40-00-00_by-hand_3WWh5PtVW4gZ56yWseYYfw.eval";
    private static final String BY_MODEL = "2026-11-27T09-28-31+00-00_failing_jgL9yPVCLKzuvo7v8EproH.eval";
    private static final String READ = """
            import json, sys
            from inspect_ai.log import read_eval_log
            told = []
            for name in sys.argv[1:]:
                log = read_eval_log(name)
                for sample in log.samples:
                    score = (sample.scores or {}).get("rubric")
                    told.append({
                        "status": log.status, "sample": str(sample.id), "others": sorted(sample.scores or {}),
                        "value": score and score.value, "explanation": score and score.explanation,
                        "history": [[edit.value, edit.provenance and edit.provenance.author,
                                     edit.provenance and edit.provenance.reason] for edit in score.history] if score else [],
                        "blinded": score and score.metadata["corral_rubric"]["blinded"],
                        "events": [event.score_name for event in sample.events if event.event == "score_edit"],
                        "metrics": [one.name for one in log.results.scores] if log.results else []})
            print(json.dumps(told))
            """;

    private static final String CORRECT = """
            import sys
            from inspect_ai.log import ProvenanceData, edit_score, read_eval_log, write_eval_log
            from inspect_ai.scorer import ScoreEdit
            log = read_eval_log(sys.argv[1])
            edit_score(log, log.samples[0].id, "match", ScoreEdit(value="I", provenance=ProvenanceData(author="a", reason="b")),
                       recompute_metrics=False)
            write_eval_log(log, sys.argv[1])
            print("{}")
            """;
    private static final String BOTH = """
            import json, sys
            from inspect_ai.log import read_eval_log
            log = read_eval_log(sys.argv[1])
            kept = log.metadata or {}
            print(json.dumps({"clock": kept.get("clock"), "other": kept.get("other"), "rubric": "rubric" in log.samples[0].scores}))
            """;

    @TempDir
    private Path folder;

    @Test
    void theLogHasThePointsWithWhoAndWhyAndWhatWasBefore() throws Exception {
        List<Path> logs = List.of(
                Files.copy(LOGS.resolve(BY_HAND), folder.resolve(BY_HAND)),
                Files.copy(LOGS.resolve(BY_MODEL), folder.resolve(BY_MODEL)));
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Ratings ratings = new Ratings(new Environment(variables));
        Rubric rubric = Rubric.of("{\"name\":\"Report\",\"criteria\":[{\"name\":\"cause\",\"points\":4}]}"
                .getBytes(StandardCharsets.UTF_8));
        Rating rating = ratings.begin(rubric, logs, 7, "me");
        assertThat(rating.items()).hasSize(3);
        String hand = rating.items().stream()
                .filter(Rating.Item::person)
                .findFirst()
                .orElseThrow()
                .letter();
        for (Rating.Item item : rating.items()) {
            if (!item.sample().equals("one")) {
                Blind blind = ratings.show(rating, item.letter());
                assertThat(blind.task()).isNotEmpty();
                assertThat(blind.answer()).isNotEmpty();
                assertThat(blind.toString())
                        .doesNotContainIgnoringCase("mockllm")
                        .doesNotContain("human");
            }
            ratings.give(rating, item.letter(), "cause", 3, "Names it.", "me");
        }
        assertThat(ratings.write(rating, "me").letters()).hasSize(3);
        assertThat(ratings.write(rating, "me").letters()).isEmpty();
        ratings.give(rating, hand, "cause", 1, "Only half of it.", "boss");
        assertThat(ratings.write(rating, "boss").letters()).containsExactly(hand);
        JsonNode told = read(logs);
        JsonNode person = told.get(0);
        assertThat(person.path("status").asText()).isEqualTo("success");
        assertThat(person.path("value").asDouble()).isEqualTo(0.25);
        assertThat(person.path("explanation").asText()).isEqualTo("cause: 1 of 4. Only half of it.");
        assertThat(person.path("history")).hasSize(2);
        assertThat(person.path("history").get(0).get(0).asDouble()).isEqualTo(0.75);
        assertThat(person.path("history").get(0).get(1).asText()).isEqualTo("me");
        assertThat(person.path("history").get(1).get(1).asText()).isEqualTo("boss");
        assertThat(person.path("history").get(1).get(2).asText()).contains("without seeing who solved it");
        assertThat(person.path("blinded").asBoolean()).isTrue();
        assertThat(person.path("events")).hasSize(2);
        // What the scorers said stays.
        assertThat(person.path("others").toString()).contains("includes").contains("match");
        assertThat(told.get(1).path("value").asDouble()).isEqualTo(0.75);
    }

    @Test
    void aScorersOwnScoreIsReplacedOnlyWhereTheRubricSaysSo() throws Exception {
        Path log = Files.copy(LOGS.resolve(BY_HAND), folder.resolve(BY_HAND));
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Ratings ratings = new Ratings(new Environment(variables));
        String text = "{\"scorer\":\"match\",\"replace\":%s,\"criteria\":[{\"name\":\"a\",\"pass_fail\":true}]}";
        Rating rating =
                ratings.begin(Rubric.of(text.formatted(false).getBytes(StandardCharsets.UTF_8)), List.of(log), 1, "me");
        ratings.give(rating, "A", "a", 1, "x", "me");
        assertThatThrownBy(() -> ratings.write(rating, "me")).hasMessageContaining("has a score match of its own");
        assertThat(ratings.standings(rating).getFirst().written()).isFalse();
        Rating replacing = new Rating(
                RatingStore.newId(),
                rating.createdAt(),
                "me",
                1,
                Rubric.of(text.formatted(true).getBytes(StandardCharsets.UTF_8)),
                rating.items());
        new RatingStore(new Environment(variables)).create(replacing);
        ratings.give(replacing, "A", "a", 1, "x", "me");
        assertThat(ratings.write(replacing, "me").letters()).containsExactly("A");
    }

    @Test
    void aScorersOwnScoreThatWasCorrectedBeforeIsNotReplacedEither() throws Exception {
        Path log = Files.copy(LOGS.resolve(BY_HAND), folder.resolve(BY_HAND));
        python(CORRECT, log.toString());
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Ratings ratings = new Ratings(new Environment(variables));
        Rubric rubric = Rubric.of("{\"scorer\":\"match\",\"criteria\":[{\"name\":\"a\",\"pass_fail\":true}]}"
                .getBytes(StandardCharsets.UTF_8));
        Rating rating = ratings.begin(rubric, List.of(log), 1, "me");
        ratings.give(rating, "A", "a", 1, "x", "me");
        assertThatThrownBy(() -> ratings.write(rating, "me")).hasMessageContaining("has a score match of its own");
    }

    @Test
    void ofTwoWhoChangeOneLogNeitherTakesAwayWhatTheOtherWrote() throws Exception {
        Path log = Files.copy(LOGS.resolve(BY_HAND), folder.resolve(BY_HAND));
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Environment environment = new Environment(variables);
        Ratings ratings = new Ratings(environment);
        Rubric rubric =
                Rubric.of("{\"criteria\":[{\"name\":\"a\",\"pass_fail\":true}]}".getBytes(StandardCharsets.UTF_8));
        Rating rating = ratings.begin(rubric, List.of(log), 1, "me");
        ratings.give(rating, "A", "a", 1, "x", "me");
        CompletableFuture<Void> clock = CompletableFuture.runAsync(
                () -> new LogFiles(environment).edit(log.toString(), Map.of("clock", 7), "me", "test"));
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> new LogFiles(environment).edit(log.toString(), Map.of("other", 8), "me", "test"));
        assertThat(ratings.write(rating, "me").letters()).containsExactly("A");
        clock.get(2, TimeUnit.MINUTES);
        other.get(2, TimeUnit.MINUTES);
        JsonNode told = python(BOTH, log.toString());
        assertThat(told.path("clock").asInt()).isEqualTo(7);
        assertThat(told.path("other").asInt()).isEqualTo(8);
        assertThat(told.path("rubric").asBoolean()).isTrue();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing beside the log")
                    .containsExactlyInAnyOrder(BY_HAND, "state");
        }
    }

    private static JsonNode read(List<Path> logs) throws Exception {
        return python(READ, logs.get(0).toString(), logs.get(1).toString());
    }

    private static JsonNode python(String script, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(new PythonLocator(Environment.system()).locate().toString(), "-c", script));
        command.addAll(List.of(words));
        ProcessResult result = Processes.run(command, null, null, new byte[0], Duration.ofMinutes(2));
        assertThat(result.ok()).as(result.err()).isTrue();
        return Json.mapper().readTree(result.stdout());
    }
}
