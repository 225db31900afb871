package dev.corral.core.vagrant.ruby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Ruby that is kept, and what becomes of it when it does not do as it should. */
@Tag("unit")
@Tag("any_user")
class KeptRubyTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String ECHO = "$stdout.sync = true; while (line = gets); puts 2, line.chomp, \"!\"; end";

    private static KeptRuby ruby(String script) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("RUBYOPT", "-rno_such_library");
        return new KeptRuby(() -> RubyProgram.of(Path.of("/usr/bin/vagrant"), variables), script, variables);
    }

    private static boolean ended(long pid) throws Exception {
        ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
        if (handle != null) {
            handle.onExit().get(20, TimeUnit.SECONDS);
        }
        return true;
    }

    @Test
    void itIsStartedOnceAndEndsWhenItIsClosed() throws Exception {
        long pid;
        try (KeptRuby ruby = ruby(ECHO)) {
            assertThat(ruby.pid()).as("before the first question").isEmpty();
            assertThat(ruby.ask("one", LONG)).isEqualTo("one!");
            pid = ruby.pid().orElseThrow();
            assertThat(ruby.ask("two", LONG)).isEqualTo("two!");
            assertThat(ruby.pid()).contains(pid);
        }
        assertThat(ended(pid)).isTrue();
    }

    @Test
    void oneThatWasClosedIsNotStartedAgain() {
        KeptRuby ruby = ruby(ECHO);
        ruby.close();
        assertThatThrownBy(() -> ruby.ask("x", LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThat(ruby.pid()).isEmpty();
    }

    @Test
    void oneThatDoesNotAnswerIsEnded() throws Exception {
        try (KeptRuby ruby =
                ruby("$stdout.sync = true; while (line = gets); line == \"x\\n\" ? sleep : puts(1, line); end")) {
            assertThat(ruby.ask("ready", LONG)).isEqualTo("ready");
            long pid = ruby.pid().orElseThrow();
            assertThatThrownBy(() -> ruby.ask("x", Duration.ofMillis(50))).isInstanceOf(TimeoutException.class);
            assertThat(ended(pid)).isTrue();
            assertThat(ruby.ask("again", LONG)).isEqualTo("again");
        }
    }

    @Test
    void oneThatDiesIsStartedOnceMoreAndNoMore() throws Exception {
        try (KeptRuby ruby = ruby("gets; exit!")) {
            assertThatThrownBy(() -> ruby.ask("x", LONG)).isInstanceOf(IOException.class);
            assertThat(ruby.pid()).isEmpty();
        }
    }

    @Test
    void oneThatSaysSomethingElseIsNotBelieved() {
        for (String said : new String[] {"hello", "-1", "999999"}) {
            try (KeptRuby ruby = ruby("$stdout.sync = true; gets; puts '" + said + "'; sleep")) {
                assertThatThrownBy(() -> ruby.ask("x", LONG)).as(said).isInstanceOf(IOException.class);
                assertThat(ruby.pid()).isEmpty();
            }
        }
    }

    @Test
    void whoIsInterruptedLeavesNothingBehind() throws Exception {
        try (KeptRuby ruby =
                ruby("$stdout.sync = true; while (line = gets); line == \"x\\n\" ? sleep : puts(1, line); end")) {
            assertThat(ruby.ask("ready", LONG)).isEqualTo("ready");
            long pid = ruby.pid().orElseThrow();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ruby.ask("x", LONG)).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).as("the interruption is passed on").isTrue();
            assertThat(ended(pid)).isTrue();
            assertThat(ruby.ask("again", LONG)).isEqualTo("again");
        }
    }
}
