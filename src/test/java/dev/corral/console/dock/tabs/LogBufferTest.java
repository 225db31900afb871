package dev.corral.console.dock.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrant.LogLine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LogBufferTest {
    @Test
    void linesWaitInPortionsAndTheOldestGoFirst() {
        LogBuffer buffer = new LogBuffer(3);
        assertThat(buffer.add(lines("a", "b"))).isTrue();
        assertThat(buffer.add(lines("c", "d"))).isFalse();
        assertThat(buffer.dropped()).isEqualTo(1);
        assertThat(buffer.take(2)).extracting(LogLine::text).containsExactly("b", "c");
        assertThat(buffer.take(9)).extracting(LogLine::text).containsExactly("d");
        assertThat(buffer.isEmpty()).isTrue();
    }

    private static List<LogLine> lines(String... texts) {
        return List.of(texts).stream()
                .map(text -> new LogLine(Optional.empty(), "", LogLine.Level.STEP, text))
                .toList();
    }
}
