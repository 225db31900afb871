package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.output.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no command is said on standard error, and help is data. */
@Tag("unit")
class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "list",
                "list nothing",
                "start",
                "start a.py --vagrantfile b",
                "exec",
                "exec box",
                "destroy",
                "pin",
                "list vms --nonsense",
                "exec --timeout soon box -- true",
                "start --env nonsense --vagrantfile x",
                "update",
                "watch",
                "watch box --rerun=maybe",
                "diff",
                "forward box",
                "console a b",
                "recording",
                "recording show",
                "recording search x",
                "recording export x --as film",
                "recording replay x --speed fast"
            })
    void wrongUsageIsSaidOnStandardError(String line) {
        Said said = inProcess(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(said.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(said.out).isEmpty();
        assertThat(said.err).contains("corral help").doesNotContain("\tat ");
    }

    @Test
    void anUnknownCommandIsSaidInWords() {
        assertThat(inProcess("frobnicate").err)
                .isEqualToIgnoringNewLines("There is no command frobnicate.corral help shows the commands.");
    }

    @Test
    void helpAndCompletionAreData() {
        assertThat(inProcess("--help").out).contains("destroy", "doctor", "124", "timed out");
        for (String command : new String[] {
            "ui",
            "list",
            "start",
            "exec",
            "shell",
            "up",
            "halt",
            "reload",
            "suspend",
            "resume",
            "provision",
            "update",
            "diff",
            "ports",
            "forward",
            "console",
            "snapshot",
            "cp",
            "ssh-config",
            "logs",
            "destroy",
            "cleanup",
            "prune",
            "strays",
            "resolve",
            "check",
            "pin",
            "unpin",
            "doctor"
        }) {
            Said said = inProcess("help", command);
            assertThat(said.exitCode).as(command).isZero();
            assertThat(said.out).as(command).contains("Usage: corral " + command, "Example", "  corral " + command);
        }
        assertThat(inProcess("--version").out).startsWith("corral ");
        assertThat(inProcess("generate-completion").out).contains("complete -F");
    }

    private record Said(int exitCode, String out, String err) {}

    private static Said inProcess(String... arguments) {
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = CorralCommand.run(arguments);
            return new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }
}
