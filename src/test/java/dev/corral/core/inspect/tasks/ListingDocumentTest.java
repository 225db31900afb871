package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ListingDocumentTest {

    @Test
    void carriesIdsVerbatimAndNumbersAsTheirText() throws JsonProcessingException {
        String odd = "a/b \\u0007\\n" + "x".repeat(300);
        ListingDocument document = parse("""
                {"tasks":[{"name":"t","file":"/e/t.py","epochs":2,"samples":[
                  {"id":7,"input":"one","target":"x","sandbox":null},
                  {"id":"%s","input":"two","target":"y","sandbox":{"type":"docker"}},
                  {"id":"001","input":"three","target":"z","sandbox":
                    {"type":"vagrant","vagrantfile":"/e/Vagrantfile","primary":"attacker","env":{"FLAG":"1"}}}]}]}
                """.formatted(odd));

        EvalTask task = document.tasks().getFirst();
        assertThat(task.epochs()).isEqualTo(2);
        assertThat(task.samples())
                .extracting(EvalSample::id)
                .containsExactly("7", "a/b \u0007\n" + "x".repeat(300), "001");
        assertThat(task.samples().get(0).sandboxType()).isEmpty();
        assertThat(task.samples().get(1).sandboxType()).contains("docker");
        assertThat(task.samples().get(1).sandbox()).isEmpty();
        SandboxSpec sandbox = task.samples().get(2).sandbox().orElseThrow();
        assertThat(sandbox.vagrantfile()).isEqualTo(Path.of("/e/Vagrantfile"));
        assertThat(sandbox.primary()).contains("attacker");
        assertThat(sandbox.env()).isEqualTo(Map.of("FLAG", "1"));
    }

    @Test
    void keepsTheProblemOfATask() throws JsonProcessingException {
        ListingDocument document = parse("""
                {"tasks":[{"name":"t","file":"/e/t.py","epochs":1,"samples":[],"problem":
                  {"kind":"task_raised","message":"KeyError: 'X'","file":"/e/t.py","line":12,"traceback":"Traceback"}}]}
                """);

        LoadProblem problem = document.tasks().getFirst().problem().orElseThrow();
        assertThat(problem.place()).isEqualTo("/e/t.py:12");
        assertThat(problem.message()).isEqualTo("KeyError: 'X'");
        assertThat(document.error()).isEmpty();
    }

    @Test
    void refusesAnythingElse() {
        assertThatThrownBy(() -> parse("Segmentation fault")).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> parse("")).isInstanceOf(JsonProcessingException.class);
    }

    private static ListingDocument parse(String json) throws JsonProcessingException {
        return ListingDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
