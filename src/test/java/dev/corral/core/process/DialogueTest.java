package dev.corral.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are asked line by line, those included that say more than they are asked. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class DialogueTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private Dialogue begin(String script) throws IOException {
        return Processes.startDialogue(List.of("/bin/sh", "-c", script), temp, System.getenv());
    }

    @Test
    void eachQuestionGetsItsAnswerAndTheEndIsHeardAsOftenAsAsked() throws Exception {
        try (Dialogue echo = begin("while read -r line; do [ \"$line\" = end ] && exit 3; echo \"<$line>\"; done")) {
            assertThat(echo.ask("one", LIMIT)).contains("<one>");
            assertThat(echo.ask("", LIMIT)).contains("<>");
            assertThat(echo.ask("end", LIMIT)).isEmpty();
            assertThat(echo.hear(LIMIT)).isEmpty();
            assertThat(echo.exitCode()).contains(3);
        }
    }

    @Test
    void whatItSaysAtItsEndIsHeardWhole() throws Exception {
        try (Dialogue last = begin("echo first; printf last; echo wrong >&2")) {
            assertThat(last.hear(LIMIT)).contains("first");
            assertThat(last.hear(LIMIT)).contains("lastwrong");
            assertThat(last.hear(LIMIT)).isEmpty();
        }
    }

    @Test
    void silenceHasALimit() throws Exception {
        try (Dialogue silent = begin("read -r line; sleep 1000")) {
            assertThatThrownBy(() -> silent.ask("well", Duration.ofMillis(300))).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void ofALineWithoutAnEndOnlyTheBeginningIsKept() throws Exception {
        try (Dialogue endless = begin("head -c 20000000 /dev/zero | tr '\\0' a; echo; echo next")) {
            assertThat(endless.hear(LIMIT)).contains("a".repeat(Dialogue.LONGEST_LINE));
            assertThat(endless.hear(LIMIT)).contains("next");
        }
    }

    @Test
    void linesWithoutAnEndAreNotReadFurtherAndTheirProgramIsEnded() throws Exception {
        Dialogue flood = begin("exec yes");
        long pid = flood.pid();
        assertThat(flood.hear(LIMIT)).contains("y");
        StubWorld.until(() -> flood.waiting() == Dialogue.MOST_WAITING);
        Thread.sleep(200);
        assertThat(flood.waiting()).isEqualTo(Dialogue.MOST_WAITING);
        assertThat(flood.hear(LIMIT)).contains("y");
        flood.close();
        StubWorld.until(
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
