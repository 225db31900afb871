package dev.corral.core.vagrantfile.copy;

import static dev.corral.core.vagrantfile.copy.Project.files;
import static dev.corral.core.vagrantfile.copy.Project.folders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.copy.CopyNote.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own list. */
@Tag("unit")
class CopyListTest {
    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
        for (String file : List.of(
                "steps/one.sh",
                "steps/two.py",
                "steps/deep/three.sh",
                "top.sh",
                "notes.md",
                "docs/notes.md",
                "a b.txt",
                "!odd")) {
            project.file(file, "");
        }
    }

    private List<String> brought(String... lines) throws Exception {
        return files(project.list(lines).plan()).stream()
                .filter(file -> !file.equals("Vagrantfile"))
                .toList();
    }

    @Test
    void patternsAreThoseOfGit() throws Exception {
        assertThat(brought("steps")).containsExactlyInAnyOrder("steps/one.sh", "steps/two.py", "steps/deep/three.sh");
        assertThat(brought("steps/")).hasSize(3);
        assertThat(brought("/deep")).isEmpty();
        assertThat(brought("deep")).containsExactly("steps/deep/three.sh");
        assertThat(brought("*.md")).containsExactlyInAnyOrder("notes.md", "docs/notes.md");
        assertThat(brought("/*.md")).containsExactly("notes.md");
        assertThat(brought("steps/*.sh")).containsExactly("steps/one.sh");
        assertThat(brought("**/*.sh")).containsExactlyInAnyOrder("steps/one.sh", "steps/deep/three.sh", "top.sh");
        assertThat(brought("steps/**/three.sh")).containsExactly("steps/deep/three.sh");
        assertThat(brought("steps/[ot]*.sh")).containsExactly("steps/one.sh");
        assertThat(brought("a b.txt")).containsExactly("a b.txt");
        assertThat(brought("\\!odd")).containsExactly("!odd");
        assertThat(brought("# steps", "", "   ")).isEmpty();
        assertThat(brought("top.sh   ")).containsExactly("top.sh");
        assertThat(brought("top.sh\r")).containsExactly("top.sh");
    }

    @Test
    void filesOfTheFirstKindStillWork() throws Exception {
        assertThat(brought("steps/*.{sh,py}")).containsExactlyInAnyOrder("steps/one.sh", "steps/two.py");
        assertThat(brought("steps/**", "!steps/deep/**")).containsExactlyInAnyOrder("steps/one.sh", "steps/two.py");
        assertThat(brought("./top.sh")).containsExactly("top.sh");
        assertThat(brought("  top.sh")).containsExactly("top.sh");
        assertThat(brought("*.sh", "! top.sh")).doesNotContain("top.sh");
    }

    @Test
    void theLastLineThatMatchesDecides() throws Exception {
        assertThat(brought("steps", "!steps/deep")).containsExactlyInAnyOrder("steps/one.sh", "steps/two.py");
        assertThat(brought("steps", "!steps/deep", "three.sh"))
                .containsExactlyInAnyOrder("steps/one.sh", "steps/two.py", "steps/deep/three.sh");
        assertThat(brought("!steps", "steps/one.sh")).containsExactly("steps/one.sh");
        assertThat(brought("!steps", "steps/*.sh")).containsExactly("steps/one.sh");
        assertThat(brought("steps/*.sh", "!steps")).isEmpty();
    }

    @Test
    void whatIsLeftOutIsSaid() throws Exception {
        project.file("web/node_modules/a.js", "");
        project.shares(".").script("steps/one.sh").list("!web/node_modules", "!steps/one.sh", "!Vagrantfile");
        CopyPlan plan = project.plan();
        assertThat(files(plan)).contains("Vagrantfile", "top.sh").doesNotContain("steps/one.sh");
        assertThat(folders(plan)).contains("web").doesNotContain("web/node_modules");
        assertThat(project.noted(plan, Kind.LEFT_OUT)).containsExactlyInAnyOrder("web/node_modules", "steps/one.sh");
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .contains(project.folder + "/steps/one.sh is left out by line 2 (!steps/one.sh) of .corralcopy.");
    }

    @Test
    void linesReachAboveTheFolder() throws Exception {
        project.file("../common/a", "");
        project.file("../common/b", "");
        assertThat(brought("../common/a")).containsExactly("../common/a");
        assertThat(brought("../common/*", "!../common/a")).containsExactly("../common/b");
        project.reads("../common/b");
        assertThat(brought("!../common/b")).isEmpty();
        assertThat(brought("../../../../../../../../../../etc/hosts", "/../../../../../../../../../etc/*"))
                .containsExactly("../common/b");
    }

    @Test
    void aLineThatMatchesNothingIsSaid() throws Exception {
        CopyPlan plan =
                project.list("steps/none", "*.none", "top.sh", "!nothing").plan();
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(
                        project.folder + "/.corralcopy has a line that matches nothing: \"steps/none\".",
                        project.folder + "/.corralcopy has a line that matches nothing: \"*.none\".");
    }

    @Test
    void noLineBringsARepositoryOrState() throws Exception {
        project.file(".git/config", "");
        project.file(".vagrant/id", "");
        assertThat(brought("*", "!docs"))
                .doesNotContain(".git/config", ".vagrant/id")
                .contains(".corralcopy", "top.sh");
    }

    @Test
    void whatIsNoPatternIsRefusedWithItsLine() throws Exception {
        assertThatThrownBy(() -> brought("steps", "[z-a]"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageStartingWith("Line 2 of .corralcopy is no pattern: ");
        project.file(".corralcopy", "x\n".repeat(1_001));
        assertThatThrownBy(project::plan)
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("more than 1000 lines");
        Files.delete(project.folder.resolve(".corralcopy"));
        project.makeFolder(".corralcopy");
        assertThatThrownBy(project::plan).isInstanceOf(ExpectedFailure.class).hasMessageContaining("can't be read");
    }

    @Test
    void theLineThatIsAdvisedMatchesThatPathOnly() throws Exception {
        for (String name :
                List.of("x", "a b", " lead", "trail ", "[a]*?", "back\\slash", "#x", "!y", "new\nline", "{a,b}", "ü")) {
            for (String folder : List.of("", "sub/", "../up/")) {
                Path place = Path.of(folder + name);
                CopyLine line = new CopyLine(1, "!" + CopyList.lineFor(place));
                assertThat(line.matches(place, false)).as(line.toString()).isTrue();
                assertThat(line.matches(Path.of("other").resolve(place), false))
                        .as(line.toString())
                        .isFalse();
            }
        }
    }
}
