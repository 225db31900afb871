package dev.corral.cli.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is said together and does not go together. */
@Tag("unit")
class HandOverCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"--key=x", "--who=Ann", "--user=me", "--until=1h", "--listen=127.0.0.1", "--port=0", "web"})
    void whatIsTakenUpAgainIsTakenUpAsItIs(String beside) {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new HandOverCommand())
                .setErr(new PrintWriter(said, true))
                .execute("--serve", "h-00000000", beside);
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains("--serve takes up what was handed over, as it is");
    }
}
