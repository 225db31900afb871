package dev.corral.core.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Syntax errors in the words of both of Ruby's parsers: the one of old, and Prism, which Ruby has since 3.4. */
@Tag("unit")
class SyntaxErrorsTest {
    private static final String OLD = """
            /v/Vagrantfile:3: syntax error, unexpected end-of-input, expecting `end'
              c.vm.box = "x" +
                              ^
            /v/Vagrantfile:9: syntax error, unexpected `end'
            """;
    private static final String PRISM = """
            /v/Vagrantfile:12: syntax errors found
              10 |   config.vm.box = "x"
              11 |   config.vm.hostname =
            > 12 | end
                 | ^~~ unexpected 'end'; expected an expression after `=`
              ~~~~~~~~~~
            > 14 |   foo(1,
                 |        ^ unexpected end-of-input; expected a `)` to close the arguments
                 |        ^ expected an `end` to close the `do` clause
            """;
    private static final String PRISM_ONE = """
            /v/Vagrantfile:1: syntax error found
            > 1 | Vagrant.configure(
                |                  ^ unexpected end-of-input; expected a `)` to close the arguments
            """;

    // The reader alone: Vagrant itself is not needed to say what an error is.
    private static List<JsonNode> read(String... messages) throws Exception {
        String script = """
                require "json"
                module CorralResolve
                  module Plain
                    def self.of(value) = value
                  end
                  module Asker
                    def self.blamed(_) = nil
                  end
                end
                load ARGV[0]
                JSON.parse($stdin.read).each do |text|
                  error = SyntaxError.new(text)
                  puts JSON.generate(CorralResolve::Failure.of(error))
                end
                """;
        ProcessResult result = Processes.run(
                List.of(
                        "ruby",
                        "-e",
                        script,
                        Path.of("src/main/resources/dev/corral/core/vagrantfile/failure.rb")
                                .toAbsolutePath()
                                .toString()),
                null,
                System.getenv(),
                Json.mapper().writeValueAsString(messages).getBytes(StandardCharsets.UTF_8),
                Duration.ofMinutes(1));
        assertThat(result.ok()).as(result.err()).isTrue();
        List<JsonNode> found = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            found.add(Json.mapper().readTree(line));
        }
        return found;
    }

    private static String words(JsonNode failure) {
        return failure.path("file").asText() + ":" + failure.path("line").asInt() + ":"
                + failure.path("column").asInt() + " " + failure.path("message").asText();
    }

    private static List<String> more(JsonNode failure) {
        List<String> more = new ArrayList<>();
        failure.path("more")
                .forEach(one -> more.add(
                        one.path("line").asInt() + " " + one.path("message").asText()));
        return more;
    }

    @Test
    void bothAreReadWithTheirPlaces() throws Exception {
        List<JsonNode> found = read(OLD, PRISM, PRISM_ONE);
        assertThat(found)
                .extracting(SyntaxErrorsTest::words)
                .containsExactly(
                        "/v/Vagrantfile:3:19 syntax error, unexpected end-of-input, expecting `end'",
                        "/v/Vagrantfile:12:1 unexpected 'end'; expected an expression after `=`",
                        "/v/Vagrantfile:1:18 unexpected end-of-input; expected a `)` to close the arguments");
        assertThat(more(found.get(0))).containsExactly("9 syntax error, unexpected `end'");
        assertThat(more(found.get(1)))
                .containsExactly(
                        "14 unexpected end-of-input; expected a `)` to close the arguments",
                        "14 expected an `end` to close the `do` clause");
        assertThat(more(found.get(2))).isEmpty();
    }

    // Recorded from Ruby 3.4.1; 4.0.0 says the same.
    @Test
    void whatPrismReallySaysIsToldWithoutWhatFollowsFromIt() throws Exception {
        JsonNode recorded;
        try (InputStream in = getClass().getResourceAsStream("syntax/prism.json")) {
            recorded = Json.mapper().readTree(in);
        }
        List<String> messages = new ArrayList<>();
        recorded.forEach(one -> messages.add(one.path("message").asText()));
        List<JsonNode> found = read(messages.toArray(String[]::new));
        assertThat(words(found.get(0)))
                .isEqualTo("/v/Vagrantfile:4:1 expected a block beginning with `do` to end with `end`");
        assertThat(words(found.get(6)))
                .isEqualTo("/v/Vagrantfile:3:1 unexpected 'end'; expected a `)` to close the arguments");
        assertThat(words(found.get(13))).isEqualTo("/v/Vagrantfile:1:3 expected an expression after `=`");
        assertThat(more(found.get(13)))
                .containsExactly(
                        "1 unexpected '='; target cannot be written", "1 unexpected integer, expecting end-of-input");
        for (int i = 0; i < found.size(); i++) {
            String text = recorded.path(i).path("text").asText();
            assertThat(found.get(i).path("line").asLong())
                    .as(text)
                    .isBetween(1L, text.lines().count());
            assertThat(found.get(i).path("message").asText())
                    .as(text)
                    .isNotEmpty()
                    .doesNotContain("syntax error", "assuming it is");
        }
        assertThat(read("""
                        /v/Vagrantfile:2: syntax error found
                          1 | Vagrant.configure(2) do |c|
                        > 2 | ... SH
                            |     ^~ unterminated heredoc; can't find string "SH" anywhere before EOF
                        """))
                .as("of a row without its beginning the column is not known")
                .extracting(SyntaxErrorsTest::words)
                .containsExactly(
                        "/v/Vagrantfile:2:0 unterminated heredoc; can't find string \"SH\" anywhere before EOF");
    }

    @Test
    void whatIsInNeitherFormIsToldAsItIs() throws Exception {
        List<JsonNode> found = read("/v/Vagrantfile:4: something new", "no place at all", "");
        assertThat(words(found.get(0))).isEqualTo("/v/Vagrantfile:4:0 something new");
        assertThat(found.get(1).path("message").asText()).isEqualTo("no place at all");
        assertThat(found.get(2).path("line").asInt()).isZero();
    }
}
