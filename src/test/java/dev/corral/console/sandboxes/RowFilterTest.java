package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.sandboxes.files.TaskFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RowFilterTest {
    private final List<TreeNode> nodes = new TreeBuilder(Path.of("/home/ada"))
            .build(
                    Samples.inventory(Samples.NOW),
                    List.of(new TaskFile.Loaded(Samples.FILE, Samples.evals())),
                    TreeBuilder.Asked.nothing());

    private List<String> titles(String filter) {
        return RowFilter.parse(filter).apply(nodes).stream()
                .flatMap(TreeNode::rows)
                .map(Row::title)
                .toList();
    }

    @Test
    void nothingLetsEverythingThrough() {
        assertThat(RowFilter.parse("  ").apply(nodes)).isSameAs(nodes);
    }

    @Test
    void aNameKeepsWhatLiesAboveAndBelow() {
        assertThat(titles("sqli-01")).containsExactly("web_flag", "sqli-01", "attacker", "victim");
    }

    @Test
    void statesAreThoseOfRowsThatHaveOne() {
        assertThat(titles("state:running"))
                .contains("web_flag", "sqli-01", "attacker")
                .doesNotContain("hello_debian", "xss-03");
        assertThat(titles("state:failed")).containsExactly("hello_debian", "1");
    }

    @Test
    void allWordsMustFit() {
        assertThat(titles("state:running eval:web vm:victim"))
                .containsExactly("web_flag", "sqli-01", "victim", "sqli-02", "victim");
    }

    @Test
    void wordsCanBeLeftOut() {
        assertThat(titles("eval:web !sqli")).containsExactly("web_flag", "xss-03");
    }

    @Test
    void nonsenseFindsNothing() {
        assertThat(titles("state:nonsense")).isEmpty();
        assertThat(titles("color:red")).isEmpty();
    }
}
