package dev.corral.core.solve.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static JsonNode read(List<Path> logs) throws Exception {
        Path python = new PythonLocator(Environment.system()).locate();
        ProcessResult result = Processes.run(
                List.of(
                        python.toString(),
                        "-c",
                        READ,
                        logs.get(0).toString(),
                        logs.get(1).toString()),
                null,
                null,
                new byte[0],
                Duration.ofMinutes(2));
        assertThat(Optional.of(result.ok())).as(result.err()).contains(true);
        return Json.mapper().readTree(result.stdout());
    }
}
