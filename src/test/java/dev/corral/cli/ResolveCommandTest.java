package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code corral resolve} and {@code corral check}. */
@Tag("unit")
class ResolveCommandTest {
    @TempDir
    private Path root;

    @Test
    void resolveShowsAndCheckComplains() throws Exception {
        try (StubWorld world = new StubWorld(root)) {
            Map<String, String> variables = world.environment().variables();
            Path file = world.vagrantfile("multi");
            Ended json = CorralProcess.run(variables, "resolve", file.toString(), "--json");
            JsonNode told = Json.mapper().readTree(json.out());
            assertThat(told.at("/resolution/machines").findValuesAsText("name")).contains("attacker", "victim");
            assertThat(told.at("/resolution/machines/0/provider").asText()).isEqualTo("stub");
            assertThat(told.at("/resolution/reads").findValuesAsText("path"))
                    .contains(file.toString(), file.resolveSibling("stub.rb").toString());

            Ended text = CorralProcess.run(variables, "resolve", file.toString());
            assertThat(text.exitCode()).isZero();
            assertThat(text.out()).contains("attacker", "Files read:", "  stub.rb", "Variables read:", "  STUB_WORLD");

            assertThat(CorralProcess.run(variables, "check", file.toString()).exitCode())
                    .isZero();
            Files.writeString(
                    file, Files.readString(file).replace("config.vm.define \"victim\"", "config.vm.defin \"victim\""));
            Ended check = CorralProcess.run(variables, "check", "--format=lines", file.toString());
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out())
                    .isEqualTo(file + ":7:13: error: There is no setting defin of config.vm. Did you mean define?\n");
            Files.writeString(file, "Vagrant.configure(\"2\") do |config|\n  config.vm.hostname = \n)\nend\n");
            Ended broken = CorralProcess.run(variables, "check", file.toString(), "--json");
            assertThat(broken.exitCode()).isEqualTo(1);
            JsonNode problem = Json.mapper().readTree(broken.out()).get(0);
            assertThat(problem.path("line").asInt()).isEqualTo(3);
            assertThat(problem.path("severity").asText()).isEqualTo("error");
            assertThat(problem.path("text").asText())
                    .isEqualTo(problem.path("sentence").asText());
            assertThat(problem.path("end_column").asInt()).isEqualTo(2);
            assertThat(CorralProcess.run(variables, "resolve", file.toString()).err())
                    .startsWith("The Vagrantfile has a Ruby syntax error in line 3.");
            assertThat(CorralProcess.run(
                                    variables,
                                    "resolve",
                                    root.resolve("nowhere").toString())
                            .exitCode())
                    .isEqualTo(3);
        }
    }
}
