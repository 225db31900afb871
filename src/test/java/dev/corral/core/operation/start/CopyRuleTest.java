package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files come along with a Vagrantfile. */
@Tag("unit")
class CopyRuleTest {
    @TempDir
    Path temp;

    private Path project;

    @BeforeEach
    void files() throws IOException {
        project = temp.resolve("project");
        for (String file : List.of(
                "provision.sh",
                "lib/helper.rb",
                "lib/deeper.rb",
                "files/a.txt",
                "files/sub/b.txt",
                "files/.git/config",
                ".vagrant/machines/default/libvirt/id",
                "notes.md",
                "Vagrantfile.base",
                "x y.txt",
                "../outside.sh")) {
            Files.createDirectories(project.resolve(file).normalize().getParent());
            Files.writeString(project.resolve(file), "");
        }
    }

    @Test
    void takesFilesAndFoldersThatItNames() throws IOException {
        assertThat(copied("config.vm.provision 'shell', path: \"provision.sh\"\n"
                        + "config.vm.provision :file, source: 'files', destination: '/x'\n"
                        + "load 'x y.txt'"))
                .containsExactlyInAnyOrder("provision.sh", "files/a.txt", "files/sub/b.txt", "x y.txt");
    }

    @Test
    void followsRubyFilesAndNestedVagrantfiles() throws IOException {
        Files.writeString(project.resolve("lib/helper.rb"), "require_relative 'lib/deeper'\n");
        Files.writeString(project.resolve("Vagrantfile.base"), "x = 'notes.md'\n");
        assertThat(copied("require_relative \"lib/helper\"\nload 'Vagrantfile.base'"))
                .containsExactlyInAnyOrder("lib/helper.rb", "lib/deeper.rb", "Vagrantfile.base", "notes.md");
    }

    @Test
    void leavesTheFolderNeverBehind() throws IOException {
        Files.createSymbolicLink(project.resolve("link.sh"), temp.resolve("outside.sh"));
        Files.createSymbolicLink(project.resolve("files/link.txt"), temp.resolve("outside.sh"));
        assertThat(
                        copied(
                                "a '../outside.sh', '/etc/passwd', '.', '..', '.vagrant', 'link.sh', \"files/../../outside.sh\", 'files'"))
                .containsExactlyInAnyOrder("files/a.txt", "files/sub/b.txt");
    }

    @Test
    void obeysTheUsersOwnList() throws IOException {
        Files.writeString(project.resolve(".corralcopy"), "# what else\n\n*.md\n!files/sub/**\n");
        assertThat(copied("'files'")).containsExactlyInAnyOrder("files/a.txt", "notes.md");
        Files.writeString(project.resolve(".corralcopy"), "[\n");
        assertThatThrownBy(() -> copied("")).isInstanceOf(ExpectedFailure.class).hasMessageContaining(".corralcopy");
    }

    @Test
    void sparesOurOwnNames() throws IOException {
        Files.writeString(project.resolve("journal.jsonl"), "");
        assertThatThrownBy(() -> copied("'journal.jsonl'"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("journal.jsonl");
        Files.writeString(project.resolve(".corralcopy"), "!journal.jsonl\n");
        assertThat(copied("'journal.jsonl'")).isEmpty();
    }

    @Test
    void besideALinkVagrantLooksThereAndRubyBesideItsTarget() throws IOException {
        Path linked = Files.createDirectories(temp.resolve("linked"));
        String text = "load 'lib/helper.rb'; a 'provision.sh', 'here.sh', 'notes.md'";
        Files.writeString(project.resolve("Vagrantfile"), text);
        Path link = Files.createSymbolicLink(linked.resolve("Vagrantfile"), project.resolve("Vagrantfile"));
        for (String file : List.of("here.sh", "notes.md", "lib/helper.rb")) {
            Files.createDirectories(linked.resolve(file).getParent());
            Files.writeString(linked.resolve(file), "");
        }
        assertThat(CopyRule.files(link, text).stream().map(Path::toString))
                .containsExactlyInAnyOrder("lib/helper.rb", "provision.sh", "here.sh", "notes.md");
        assertThat(CopyRule.source(link, Path.of("here.sh"))).isEqualTo(linked.resolve("here.sh"));
        assertThat(CopyRule.source(link, Path.of("notes.md")))
                .as("both are there")
                .isEqualTo(linked.resolve("notes.md"));
        assertThat(CopyRule.source(link, Path.of("provision.sh"))).isEqualTo(project.resolve("provision.sh"));
        assertThat(CopyRule.source(link, Path.of("lib/helper.rb")))
                .as("Ruby's")
                .isEqualTo(project.resolve("lib/helper.rb"));
        assertThat(CopyRule.source(link, Path.of("nowhere.rb"))).isEqualTo(linked.resolve("nowhere.rb"));
    }

    private List<String> copied(String text) throws IOException {
        Path vagrantfile = Files.writeString(project.resolve("Vagrantfile"), text);
        return CopyRule.files(vagrantfile, text).stream().map(Path::toString).toList();
    }
}
