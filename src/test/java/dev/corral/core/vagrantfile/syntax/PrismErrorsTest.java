package dev.corral.core.vagrantfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The errors that Prism, with which Ruby parses since 3.4, finds in broken texts, recorded from Ruby 3.4.1 (4.0.0 says the same): each
 * is marked where the older parser's is.
 */
@Tag("unit")
class PrismErrorsTest {
    private static final Path SCRIPT = Path.of("src/main/resources/dev/corral/core/vagrantfile/syntax/parse.rb")
            .toAbsolutePath();
    private static final Path RECORDED = Path.of("src/test/resources/dev/corral/core/vagrantfile/syntax/prism.json")
            .toAbsolutePath();

    @Test
    void faultsAreMarkedWhereTheOlderParserMarksThem() throws Exception {
        String script = """
                require "json"
                $VERBOSE = nil
                load ARGV[0]
                def faults(text)
                  CorralSyntax.answer(text)["errors"].map do |one|
                    place = one.values_at("line", "column", "end", "kind").join(" ")
                    one["kind"] == "ruby" ? place : place + " " + one["message"]
                  end
                end
                recorded = JSON.parse(File.read(ARGV[1], encoding: "UTF-8"))
                older = recorded.map { |one| faults(one["text"]) }
                CorralSyntax.define_singleton_method(:complaints) do |text, _|
                  prism(recorded.find { |one| one["text"] == text }["said"])
                end
                puts JSON.generate(recorded.each_with_index.map { |one, at|
                  { "text" => one["text"], "older" => older[at], "prism" => faults(one["text"]) } })
                """;
        ProcessResult result = Processes.run(
                List.of("ruby", "-EUTF-8:UTF-8", "-e", script, SCRIPT.toString(), RECORDED.toString()),
                null,
                System.getenv(),
                new byte[0],
                Duration.ofMinutes(1));
        assertThat(result.ok()).as(result.err()).isTrue();
        JsonNode found = Json.mapper().readTree(result.out());
        assertThat(found).hasSize(18);
        for (JsonNode one : found) {
            assertThat(one.path("prism")).as(one.path("text").asText()).isEqualTo(one.path("older"));
            assertThat(one.path("prism")).as(one.path("text").asText()).isNotEmpty();
        }
    }
}
