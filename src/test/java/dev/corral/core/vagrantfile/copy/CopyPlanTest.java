package dev.corral.core.vagrantfile.copy;

import static dev.corral.core.vagrantfile.copy.Project.files;
import static dev.corral.core.vagrantfile.copy.Project.folders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrantfile.copy.CopyNote.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes along, and where to. */
@Tag("unit")
@Tag("any_user")
class CopyPlanTest {
    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
    }

    @Test
    void bringsWhatWasReadAndNamedAndNothingElse() throws Exception {
        project.file("vm/names.rb", "");
        project.file("vm/other.rb", "");
        project.file("scripts/setup.sh", "");
        project.file("scripts/unused.sh", "");
        project.file("files/a/b.txt", "");
        project.makeFolder("files/empty");
        CopyPlan plan = project.reads("vm/names.rb")
                .script("scripts/setup.sh")
                .uploads("files")
                .plan();
        assertThat(files(plan))
                .containsExactlyInAnyOrder("Vagrantfile", "vm/names.rb", "scripts/setup.sh", "files/a/b.txt");
        assertThat(folders(plan)).containsExactlyInAnyOrder("vm", "scripts", "files", "files/a", "files/empty");
        assertThat(plan.above()).isZero();
        assertThat(plan.originalName()).isEmpty();
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.root(root.resolve("0a1b2c3d"))).isEqualTo(root.resolve("0a1b2c3d"));
    }

    @Test
    void whatWasTestedForComesAlongAndAbsenceTakesNothing() throws Exception {
        project.file("settings.local.yml", "machines: [red]\n");
        project.file("logs/deep/x", "");
        CopyPlan plan = project.touches("settings.local.yml", "test")
                .touches("absent.yml", "test")
                .touches("logs", "test")
                .plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "settings.local.yml");
        assertThat(folders(plan)).containsExactly("logs");
        assertThat(plan.above()).isZero();
    }

    @Test
    void namesOfEveryKindStayAsTheyAre() throws Exception {
        List<String> names = List.of(
                "with space.sh", "straße/über.sh", "new\nline.sh", "-rf.sh", "ends ", "#x", "!y", "日本.sh", "a\\b");
        for (String name : names) {
            project.file(name, "");
            project.reads(name);
        }
        assertThat(files(project.plan())).containsAll(names);
    }

    @Test
    void aVagrantfileOfAnotherNameKeepsIt() throws Exception {
        CopyPlan plan = project.named("Lab.rb").plan();
        assertThat(plan.vagrantfile()).hasToString("Lab.rb");
        assertThat(files(plan)).containsExactly("Lab.rb");
    }

    @Test
    void whatLiesAboveKeepsItsPlace() throws Exception {
        project.file("../../config/settings.yml", "");
        project.file("../tools/helper.rb", "");
        project.file("../tools/not.rb", "");
        CopyPlan plan =
                project.reads("../../config/settings.yml", "../tools/helper.rb").plan();
        assertThat(files(plan))
                .containsExactlyInAnyOrder("Vagrantfile", "../../config/settings.yml", "../tools/helper.rb");
        assertThat(plan.above()).isEqualTo(2);
        assertThat(plan.between()).containsExactly("labs");
        assertThat(plan.originalName()).contains("here");
        Path sandbox = root.resolve("0a1b2c3d");
        assertThat(plan.root(sandbox)).isEqualTo(sandbox.resolve("labs/0a1b2c3d"));
    }

    @Test
    void whatIsAbsentAboveNeedsRoomToo() throws Exception {
        assertThat(project.touches("../settings.yml", "test").plan().above()).isEqualTo(1);
        assertThat(new Project(root).globs("../../*/vm.yml").plan().above()).isEqualTo(2);
        assertThat(new Project(root).globs("{a,../b}/x").plan().above()).isZero();
        assertThat(new Project(root).script("../no.sh").plan().above()).isEqualTo(1);
        assertThat(new Project(root).shares("../no").plan().above()).isEqualTo(1);
    }

    @Test
    void ownNameFromAboveIsTheRoot() throws Exception {
        project.file("x/y.sh", "");
        CopyPlan plan = project.script("../here/x/y.sh")
                .script("../../labs/here/x/y.sh")
                .plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "x/y.sh");
    }

    @Test
    void aListedFolderAboveShowsTheRootOnce() throws Exception {
        project.file("../there/vm.yml", "");
        project.file("vm.yml", "");
        CopyPlan plan = project.globs("../*/vm.yml")
                .touches("..", "list")
                .touches("../there", "list")
                .touches(".", "list")
                .touches("../there/vm.yml", "read")
                .touches("vm.yml", "read")
                .plan();
        assertThat(plan.above()).isEqualTo(1);
        assertThat(plan.originalName()).isEmpty();
        assertThat(project.noted(plan, Kind.RENAMED)).containsExactly("");
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "vm.yml", "../there/vm.yml");
    }

    @Test
    void entriesOfAListedFolderComeAlongAndItsFoldersAreEmpty() throws Exception {
        project.file("parts/a.rb", "");
        project.file("parts/sub/b.rb", "");
        project.file("parts/.git/config", "");
        project.file("parts/.vagrant/x", "");
        project.large("parts/z.img", 65L << 20);
        project.touches("parts", "list");
        for (String entry : List.of("a.rb", "sub", ".git", ".vagrant", "z.img")) {
            project.touches("parts/" + entry, "entry");
        }
        CopyPlan plan = project.plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "parts/a.rb");
        assertThat(folders(plan)).containsExactlyInAnyOrder("parts", "parts/sub");
        assertThat(project.noted(plan, Kind.LISTED)).containsExactlyInAnyOrder("parts/.git", "parts/z.img");
    }

    @Test
    void aListingTakesOnlyTheRoomThatIsLeft() throws Exception {
        project.variable("CORRAL_COPY_LIMIT", "1,100");
        project.touches("d", "list");
        for (int i = 0; i < 4; i++) {
            project.large("d/" + i, 400 << 10);
            project.touches("d/" + i, "test");
        }
        project.large("needed", 300 << 10);
        project.reads("needed");
        CopyPlan plan = project.plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "needed", "d/0");
        assertThat(project.noted(plan, Kind.LISTED)).containsExactly("d/1", "d/2", "d/3");
    }

    @Test
    void repositoriesAndStateAreNeverSwept() throws Exception {
        project.file(".git/config", "");
        project.file("sub/.git", "gitdir: x");
        project.file("sub/.vagrant/machines/default/stub/id", "1");
        project.file(".vagrant/machines/default/stub/id", "1");
        project.file("a.txt", "");
        CopyPlan plan = project.shares(".")
                .reads(".git/config")
                .reads(".vagrant/machines/default/stub/id")
                .plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "a.txt", ".git/config");
        assertThat(project.noted(plan, Kind.STATE)).containsExactly(".vagrant/machines/default/stub/id");
    }

    @Test
    void sandboxesAreNeverSwept() throws Exception {
        Project inside = new Project(root);
        Path cache =
                inside.file("../boxes/0a1b2c3d/Vagrantfile", "").getParent().getParent();
        inside.file("../other/x", "");
        CopyPlan plan = CopyPlan.of(
                inside.shares("..").resolution(inside.vagrantfile()),
                inside.vagrantfile(),
                inside.environment(),
                cache);
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "../other/x");
    }

    @Test
    void theVagrantfileOfASandboxBringsItsOwnOnly() throws Exception {
        project.file("a.txt", "");
        project.file("../there/b.txt", "");
        CopyPlan plan = CopyPlan.of(
                project.shares(".").reads("../there/b.txt").resolution(project.vagrantfile()),
                project.vagrantfile(),
                project.environment(),
                project.folder.getParent());
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "a.txt");
    }

    @Test
    void vagrantsOwnShareIsNoneAndOneOfTheParentIsWhole() throws Exception {
        project.file("a.txt", "");
        project.file("../b/c.txt", "");
        assertThat(files(project.sharesByDefault().plan())).containsExactly("Vagrantfile");
        assertThat(files(project.boxShares(".").plan())).containsExactly("Vagrantfile");
        CopyPlan plan = project.shares("..").plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "a.txt", "../b/c.txt");
        assertThat(plan.above()).isEqualTo(1);
    }

    @Test
    void anEmptySharedFolderComesAlong() throws Exception {
        project.makeFolder("results");
        CopyPlan plan = project.shares("results").shares("absent").plan();
        assertThat(folders(plan)).containsExactly("results");
    }

    @Test
    void anAbsoluteShareIsTheOriginal() throws Exception {
        Path far = Files.createDirectories(project.home().resolve(".data"));
        Files.writeString(far.resolve("x"), "");
        CopyPlan plan =
                project.shares(far.toString()).shares("/usr").shares("~/.data").plan();
        assertThat(files(plan)).containsExactly("Vagrantfile");
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(far + " is used where it lies.", "/usr is used where it lies.");
    }

    @Test
    void anAbsoluteShareNearbyIsCopiedIfItFits() throws Exception {
        project.file("own/x", "");
        project.file("../small/x", "");
        project.large("../large/x", 65L << 20);
        project.large("../../volume/x", 65L << 20);
        CopyPlan plan = project.shares(project.folder + "/own")
                .shares(project.top + "/labs/small")
                .shares(project.top + "/labs/large")
                .provider("docker", Map.of("volumes", List.of(project.top + "/volume:/v")))
                .plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "own/x", "../small/x");
        assertThat(folders(plan)).doesNotContain("../large");
        assertThat(project.noted(plan, Kind.ORIGINAL))
                .containsExactlyInAnyOrder("../small", "../large", "../../volume");
    }

    @Test
    void privateFoldersOfTheHomeStayThere() throws Exception {
        Project lab = new Project(root);
        Path key = Files.createDirectories(lab.home().resolve(".ssh")).resolve("id");
        Files.writeString(key, "secret");
        Files.writeString(lab.home().resolve(".netrc"), "secret");
        Files.createDirectories(lab.home().resolve(".vagrant.d/boxes"));
        Path folder = Files.createDirectories(lab.home().resolve("lab"));
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "");
        lab.touches(key.toString(), "read")
                .touches(lab.home() + "/.vagrant.d/boxes/x", "read")
                .shares("..");
        CopyPlan plan = CopyPlan.of(lab.resolution(file), file, lab.environment(), lab.cache());
        assertThat(files(plan)).containsExactly("Vagrantfile");
        assertThat(plan.notes())
                .extracting(note -> note.kind() + " " + note.path().getFileName())
                .containsExactlyInAnyOrder("ORIGINAL id", "LISTED .ssh", "LISTED .netrc", "LISTED .vagrant.d");
    }

    @Test
    void aVagrantfileInTheHomeItselfBringsNoSecretUnasked() throws Exception {
        Path home = project.home();
        Path file = Files.writeString(home.resolve("Vagrantfile"), "");
        for (String name : List.of(".netrc", ".git-credentials", ".env", "notes.txt")) {
            Files.writeString(home.resolve(name), "");
        }
        project.touches(home + "/.env", "read").shares(".");
        CopyPlan plan = CopyPlan.of(project.resolution(file), file, project.environment(), project.cache());
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", ".env", "notes.txt");
        assertThat(plan.notes())
                .extracting(note -> note.kind() + " " + note.path().getFileName())
                .contains("LISTED .netrc", "LISTED .git-credentials");
    }

    @Test
    void aProjectInADottedFolderIsNoSecret() throws Exception {
        Path folder = Files.createDirectories(project.home().resolve(".labs/one"));
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "");
        Files.writeString(folder.resolve("x.rb"), "");
        Files.writeString(folder.resolveSibling("y.rb"), "");
        project.touches(folder + "/x.rb", "read").touches(folder + "/../y.rb", "read");
        CopyPlan plan = CopyPlan.of(project.resolution(file), file, project.environment(), project.cache());
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "x.rb", "../y.rb");
    }

    @Test
    void aPlaybookBringsItsFolderAndRoles() throws Exception {
        project.file("ansible/site.yml", "");
        project.file("ansible/roles/web/tasks/main.yml", "");
        project.file("ansible/roles/web/files/.gitkeep", "");
        project.file("other/x", "");
        project.provisioner("ansible", Map.of("playbook", "ansible/site.yml"));
        assertThat(files(project.plan()))
                .containsExactlyInAnyOrder(
                        "Vagrantfile",
                        "ansible/site.yml",
                        "ansible/roles/web/tasks/main.yml",
                        "ansible/roles/web/files/.gitkeep");
    }

    @Test
    void whatMayNotBeReadIsSaid() throws Exception {
        Path file = project.file("share/file", "");
        Path closed = project.makeFolder("share/closed");
        project.file("share/listed/x", "");
        Files.setPosixFilePermissions(file, Set.of());
        Files.setPosixFilePermissions(closed, Set.of());
        boolean root = Files.isReadable(file);
        CopyPlan plan = project.shares("share").plan();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        // Root may read all.
        assertThat(files(plan)).contains("Vagrantfile", "share/listed/x");
        assertThat(files(plan).contains("share/file")).isEqualTo(root);
        assertThat(project.noted(plan, Kind.UNREADABLE))
                .containsExactlyInAnyOrderElementsOf(root ? List.of() : List.of("share/file", "share/closed"));
    }

    @Test
    void aFolderThatIsWrittenToIsThere() throws Exception {
        project.makeFolder("tmp");
        project.file("tmp/old", "");
        CopyPlan plan = project.touches("tmp/hosts", "write").plan();
        assertThat(files(plan)).containsExactly("Vagrantfile");
        assertThat(folders(plan)).containsExactly("tmp");
    }

    @Test
    void aProjectThatIsReachedThroughALinkIsOne() throws Exception {
        project.file("a.rb", "");
        project.file("b.sh", "");
        project.file("../c.sh", "");
        Path link = Files.createSymbolicLink(root.toRealPath().resolve("short"), project.folder);
        Path file = link.resolve("Vagrantfile");
        project.reads("a.rb").touches(link + "/b.sh", "test").script("../c.sh");
        CopyPlan plan = CopyPlan.of(project.resolution(file), file, project.environment(), project.cache());
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "a.rb", "b.sh", "../c.sh");
        assertThat(plan.above()).isEqualTo(1);
    }
}
