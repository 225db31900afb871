package dev.corral.console.dock.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrant.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RubyHighlighterTest {
    private static List<String> colours(String text) {
        List<String> found = new ArrayList<>();
        int[] at = {0};
        RubyHighlighter.highlight(text).forEach(span -> {
            if (!span.getStyle().isEmpty()) {
                found.add(text.substring(at[0], at[0] + span.getLength()) + "="
                        + span.getStyle().iterator().next().substring(5));
            }
            at[0] += span.getLength();
        });
        assertThat(at[0]).isEqualTo(text.length());
        return found;
    }

    @Test
    void partsOfAVagrantfileHaveTheirColours() {
        assertThat(colours("Vagrant.configure(\"2\") do |c| # all\n  c.vm.box = 'a#{b}', primary: true, cpus: 2\nend"))
                .containsExactly(
                        "Vagrant=constant",
                        "\"2\"=string",
                        "do=keyword",
                        "# all=comment",
                        "'a#{b}'=string",
                        "primary:=symbol",
                        "true=keyword",
                        "cpus:=symbol",
                        "2=number",
                        "end=keyword");
    }

    @Test
    void anEndlessStringDoesNotHurt() {
        String text = "\"" + "\\\\\"x".repeat(100_000);
        assertThat(RubyHighlighter.highlight(text).length()).isEqualTo(text.length());
        assertThat(RubyHighlighter.highlight("").length()).isZero();
    }

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
