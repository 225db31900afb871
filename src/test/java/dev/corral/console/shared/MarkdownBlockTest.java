package dev.corral.console.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.shared.MarkdownBlock.Kind;
import dev.corral.console.shared.MarkdownBlock.Look;
import dev.corral.console.shared.MarkdownBlock.Span;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MarkdownBlockTest {
    @Test
    void readsWhatHelpsReading() {
        List<MarkdownBlock> blocks = MarkdownBlock.read("""
                # The shop

                Find the **flag** with `curl`.
                Second line.
                - one
                2. two
                ```sh
                # no heading
                curl **x**
                ```
                after""");
        assertThat(blocks)
                .extracting(MarkdownBlock::kind)
                .containsExactly(Kind.HEADING, Kind.TEXT, Kind.ITEM, Kind.ITEM, Kind.CODE, Kind.TEXT);
        assertThat(blocks.get(1).spans())
                .containsExactly(
                        new Span("Find the ", Look.PLAIN),
                        new Span("flag", Look.BOLD),
                        new Span(" with ", Look.PLAIN),
                        new Span("curl", Look.CODE),
                        new Span(".\nSecond line.", Look.PLAIN));
        assertThat(blocks.get(3).spans().getFirst().text()).isEqualTo("2.  ");
        assertThat(blocks.get(4).spans().getFirst().text()).isEqualTo("# no heading\ncurl **x**");
    }

    @Test
    void whatIsNoMarkdownStaysAsItWasWritten() {
        String text = "a_b_c 2 * 3 * 4 <b>x</b> ![i](file:///etc/passwd) [l](javascript:x)";
        assertThat(MarkdownBlock.read(text)).singleElement().satisfies(block -> assertThat(block.spans())
                .containsExactly(new Span(text, Look.PLAIN)));
        assertThat(MarkdownBlock.read("")).isEmpty();
        assertThat(MarkdownBlock.read("```\nnever closed")).singleElement().satisfies(block -> assertThat(block.kind())
                .isEqualTo(Kind.CODE));
        assertThat(MarkdownBlock.read("- x\n".repeat(5_000))).hasSize(2_000);
        assertThat(MarkdownBlock.read("a\u001b[2Jb\u202Ec").getFirst().spans())
                .containsExactly(new Span("a[2Jbc", Look.PLAIN));
    }
}
