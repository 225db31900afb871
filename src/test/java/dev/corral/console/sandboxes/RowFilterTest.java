package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Machines;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return RowFilter.parse(filter).apply(nodes, Samples.NOW).stream()
                .flatMap(TreeNode::rows)
                .map(Row::title)
                .toList();
    }

    @Test
    void nothingLetsEverythingThrough() {
        assertThat(RowFilter.parse("  ").apply(nodes, Samples.NOW)).isSameAs(nodes);
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

    @Test
    void headingsStayForWhatLiesBelowThem() {
        assertThat(titles("-state:running -state:ready eval:hello"))
                .isNotEmpty()
                .noneMatch(title -> title.equals("sqli-01"));
        assertThat(titles("eval:web -state:running -state:ready -state:s -state:q -state:n"))
                .isEmpty();
    }

    @Test
    void namesAndKindsAreColumnsToo() {
        assertThat(titles("name:sqli-01")).isEqualTo(titles("sqli-01"));
        assertThat(titles("kind:vm name:sqli-01")).containsExactly("web_flag", "sqli-01", "attacker", "victim");
        assertThat(titles("kind:eval")).contains("web_flag").doesNotContain("sqli-01");
        assertThat(titles("known:libvirt")).isEqualTo(titles(""));
        assertThat(RowFilter.parse("known:libvirt").problem()).isEqualTo("This list has no known: column");
    }

    @Test
    void aVmStaysAmongThoseThatRunWhileItsSnapshotIsSaved() {
        SandboxView sandbox = Samples.inventory(Samples.NOW).sandboxes().stream()
                .filter(view -> view.id().equals("sqli-01-9f3c2a1b"))
                .findFirst()
                .orElseThrow();
        String attacker = sandbox.machines().getFirst().name();
        MachineWork saving = new MachineWork(
                Map.of(new Machines(sandbox, attacker).key(), new MachineWork.Doing("saving a snapshot", Samples.NOW)),
                Map.of());
        List<TreeNode> during = new TreeBuilder(Path.of("/home/ada"))
                .build(
                        Samples.inventory(Samples.NOW),
                        List.of(new TaskFile.Loaded(Samples.FILE, Samples.evals())),
                        new TreeBuilder.Asked(Set.of(), Set.of(), saving));
        assertThat(during.stream().flatMap(TreeNode::rows).map(Row::state)).contains("saving a snapshot");
        assertThat(running(during)).isEqualTo(running(nodes)).isPositive();
        assertThat(RowFilter.parse("state:running").apply(during, Samples.NOW).stream()
                        .flatMap(TreeNode::rows)
                        .map(Row::title))
                .containsExactlyElementsOf(titles("state:running"));
    }

    private static long running(List<TreeNode> nodes) {
        return RowChip.count(
                RowChip.RUNNING.chip(), nodes.stream().flatMap(TreeNode::rows).toList());
    }

    @Test
    void aChipIsMarkedWhateverElseIsSaid() {
        assertThat(RowChip.of("state:running eval:web")).contains(RowChip.RUNNING.chip());
        assertThat(RowChip.of("state:running state:failed")).isEmpty();
        assertThat(RowChip.of("-state:running")).isEmpty();
    }
}
