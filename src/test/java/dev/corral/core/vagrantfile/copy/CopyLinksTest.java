package dev.corral.core.vagrantfile.copy;

import static dev.corral.core.vagrantfile.copy.Project.files;
import static dev.corral.core.vagrantfile.copy.Project.folders;
import static dev.corral.core.vagrantfile.copy.Project.links;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrantfile.copy.CopyEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of symbolic links, and of things that are neither files nor folders. */
@Tag("unit")
@Tag("any_user")
class CopyLinksTest {
    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
    }

    private static Kind kind(CopyPlan plan, String place) {
        return plan.entries().stream()
                .filter(entry -> entry.place().toString().equals(place))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    @Test
    void oneThatLeadsOutIsWhatItShows() throws Exception {
        Path shown = project.file("../../common/install.sh", "echo 1\n");
        project.link("scripts/install.sh", "../../../common/install.sh");
        CopyPlan plan = project.script("scripts/install.sh").plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "scripts/install.sh");
        assertThat(kind(plan, "scripts/install.sh")).isEqualTo(Kind.FILE);
        assertThat(plan.entries()).anyMatch(entry -> entry.source().equals(shown) && entry.size() == 7);
        assertThat(plan.above()).isZero();
    }

    @Test
    void oneThatStaysInsideIsALinkAndBringsItsTarget() throws Exception {
        project.file("lib/real/names.rb", "");
        project.link("lib/now", "real");
        project.link("absolute.rb", project.folder + "/lib/now/names.rb");
        CopyPlan plan = project.reads("absolute.rb").plan();
        assertThat(links(plan)).containsExactlyInAnyOrder("absolute.rb -> lib/real/names.rb");
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "absolute.rb", "lib/real/names.rb");
        CopyPlan through = new Project(root).reads("lib/now/names.rb").plan();
        assertThat(links(through)).containsExactly("lib/now -> lib/real");
        assertThat(files(through)).containsExactlyInAnyOrder("Vagrantfile", "lib/now", "lib/real/names.rb");
    }

    @Test
    void aWholeFolderKeepsItsLinks() throws Exception {
        project.file("share/a/x", "");
        project.file("other/y", "");
        project.file("../out/z", "");
        project.link("share/x", "a/x");
        project.link("share/y", "../other");
        project.link("share/z", "../../out");
        project.link("share/up", ".");
        project.link("share/top", "..");
        CopyPlan plan = project.shares("share").plan();
        assertThat(links(plan))
                .containsExactlyInAnyOrder(
                        "share/x -> share/a/x", "share/y -> other", "share/up -> share", "share/top -> ");
        assertThat(files(plan)).contains("other/y", "share/z/z").doesNotContain("../out/z");
        assertThat(folders(plan)).containsExactlyInAnyOrder("share", "share/a", "share/z", "other");
    }

    @Test
    void codeBehindALinkIsFoundBesideItsTarget() throws Exception {
        Path target = project.file("../common/helper.rb", "");
        project.file("../common/names.rb", "");
        project.link("lib/helper.rb", "../../common/helper.rb");
        CopyPlan plan = project.touches("lib/helper.rb", "link", "test")
                .touches(target.toString(), "read")
                .reads("../common/names.rb")
                .plan();
        assertThat(links(plan)).containsExactly("lib/helper.rb -> ../common/helper.rb");
        assertThat(files(plan)).contains("../common/helper.rb", "../common/names.rb");
        assertThat(plan.above()).isEqualTo(1);
    }

    @Test
    void aVagrantfileThatIsALinkToNearby() throws Exception {
        Path target = project.file("../shared/Vagrantfile", "");
        project.file("../shared/helper.rb", "");
        Files.delete(project.vagrantfile());
        project.link("Vagrantfile", "../shared/Vagrantfile");
        project.file("setup.sh", "");
        CopyPlan plan = project.touches("Vagrantfile", "link")
                .touches(target.toString(), "read")
                .reads("../shared/helper.rb")
                .script("setup.sh")
                .plan();
        assertThat(links(plan)).containsExactly("Vagrantfile -> ../shared/Vagrantfile");
        assertThat(files(plan))
                .containsExactlyInAnyOrder("Vagrantfile", "setup.sh", "../shared/Vagrantfile", "../shared/helper.rb");
    }

    @Test
    void aVagrantfileThatIsALinkToFarAway() throws Exception {
        Path far = Files.createDirectories(project.home().resolve(".labs/one"));
        Path target = Files.writeString(far.resolve("Vagrantfile"), "x");
        Files.writeString(far.resolve("helper.rb"), "behind");
        Files.writeString(far.resolve("both.rb"), "behind");
        Files.writeString(far.resolve("both.sh"), "behind");
        project.file("both.rb", "here");
        project.file("both.sh", "here");
        Files.delete(project.vagrantfile());
        project.link("Vagrantfile", target.toString());
        CopyPlan plan = project.touches("Vagrantfile", "link")
                .reads(target.toString(), far + "/helper.rb", far + "/both.sh", "both.rb", far + "/both.rb")
                .script("both.sh")
                .plan();
        assertThat(links(plan)).isEmpty();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "helper.rb", "both.rb", "both.sh");
        assertThat(plan.entries())
                .extracting(CopyEntry::source)
                .contains(target, far.resolve("helper.rb"), far.resolve("both.rb"), project.folder.resolve("both.sh"));
        assertThat(project.noted(plan, CopyNote.Kind.DOUBLE))
                .containsExactlyInAnyOrder(
                        "both.rb",
                        project.folder.relativize(far.resolve("both.sh")).toString());
    }

    @Test
    void circlesEnd() throws Exception {
        project.link("share/a", "b");
        project.link("share/b", "a");
        project.link("share/self", "self");
        project.link("share/above", "../..");
        project.link("far/a", "../../far/b");
        project.link("../far/b", "a");
        project.link("../far/a", "b");
        CopyPlan plan =
                project.shares("share").script("far/a").script("share/a").plan();
        assertThat(links(plan)).contains("share/a -> share/b", "share/b -> share/a", "share/self -> share/self");
        assertThat(plan.entries()).hasSizeLessThan(40);
        assertThat(project.noted(plan, CopyNote.Kind.UNREADABLE)).contains("far/a");
    }

    @Test
    void oneThatLeadsNowhereIsSaidUnlessItStaysInside() throws Exception {
        project.link("share/in", "gone");
        project.link("share/out", "../../gone");
        CopyPlan plan = project.shares("share").plan();
        assertThat(links(plan)).containsExactly("share/in -> share/gone");
        assertThat(project.noted(plan, CopyNote.Kind.UNREADABLE)).containsExactly("share/out");
    }

    @Test
    void whatTheSystemMakesUpAndPrivateThingsAreNotSwept() throws Exception {
        Path key = Files.createDirectories(project.home().resolve(".ssh")).resolve("id");
        Files.writeString(key, "secret");
        project.link("share/environ", "/proc/self/environ");
        project.link("share/zero", "/dev/zero");
        project.link("share/key", key.toString());
        project.link("key", key.toString());
        CopyPlan plan = project.shares("share").plan();
        assertThat(files(plan)).containsExactly("Vagrantfile");
        assertThat(project.noted(plan, CopyNote.Kind.SPECIAL)).containsExactlyInAnyOrder("share/environ", "share/zero");
        assertThat(project.noted(plan, CopyNote.Kind.LISTED)).containsExactly("share/key");
        assertThat(files(project.uploads("key").plan()))
                .as("who names it, means it")
                .contains("key");
    }

    @Test
    void pipesAndSocketsAreSaid() throws Exception {
        project.file("share/a", "");
        assertThat(new ProcessBuilder(
                                "mkfifo", project.folder.resolve("share/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        CopyPlan plan = project.shares("share").script("share/pipe").plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "share/a");
        assertThat(project.noted(plan, CopyNote.Kind.SPECIAL)).containsExactly("share/pipe");
    }

    @Test
    void aFolderThatIsLinkedFromManyPlacesIsLookedAtOnceForEach() throws Exception {
        project.file("../out/z", "");
        for (int i = 0; i < 20; i++) {
            project.link("share/" + i, "../../out");
            project.link("../out/" + i, "../out");
        }
        assertThat(files(project.shares("share").plan())).hasSize(21);
    }
}
