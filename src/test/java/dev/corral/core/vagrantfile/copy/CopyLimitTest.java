package dev.corral.core.vagrantfile.copy;

import static dev.corral.core.vagrantfile.copy.Project.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much may come along, and how the refusal reads. */
@Tag("unit")
class CopyLimitTest {
    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
    }

    private ExpectedFailure refusal() {
        return catchThrowableOfType(ExpectedFailure.class, () -> project.plan());
    }

    @Test
    void oneLargeFileIsRefusedByName() throws Exception {
        Path file = project.large("images/disk.img", 100L << 20);
        project.script("images/disk.img");
        ExpectedFailure failure = refusal();
        assertThat(failure)
                .hasMessage("The Vagrantfile uses " + file
                        + ", which is too large to be copied: 100 MiB, and 64 MiB may come along.");
        assertThat(failure.nextStep())
                .isEqualTo(
                        "If the sandbox does not need it, leave it out with a line !images/disk.img in .corralcopy beside the"
                                + " Vagrantfile. If it does, a line images/disk.img there lets more of it come along, or set"
                                + " CORRAL_COPY_LIMIT=200,5000 (MiB, files).");
        project.list("!images/disk.img");
        assertThat(files(project.plan())).containsExactly("Vagrantfile");
        project.list("images/disk.img");
        assertThat(files(project.plan())).contains("images/disk.img");
        project.list("").variable("CORRAL_COPY_LIMIT", "200");
        assertThat(files(project.plan())).contains("images/disk.img");
    }

    @Test
    void manyFilesAreRefusedByTheirFolder() throws Exception {
        for (int i = 0; i < 6_000; i++) {
            if (i % 100 == 0) {
                project.makeFolder("web/node_modules/" + i / 100);
            }
            Files.createFile(project.folder.resolve("web/node_modules/" + i / 100 + "/" + i));
        }
        project.file("web/index.html", "");
        project.shares("web");
        ExpectedFailure failure = refusal();
        assertThat(failure)
                .hasMessageStartingWith(
                        "The Vagrantfile uses more than may be copied, which is 64 MiB and 5,000 files; most of it is in "
                                + project.folder + "/web/node_modules: ");
        assertThat(failure.nextStep()).contains(" !web/node_modules in .corralcopy", "CORRAL_COPY_LIMIT=256,20000");
        project.list("!web/node_modules");
        assertThat(files(project.plan())).containsExactlyInAnyOrder("Vagrantfile", "web/index.html");
        project.list("").variable("CORRAL_COPY_LIMIT", "64,6100");
        assertThat(files(project.plan())).hasSize(6_002);
    }

    @Test
    void manyMiddlingFilesAreRefusedTogether() throws Exception {
        for (int i = 0; i < 10; i++) {
            project.large("data/" + i, 10L << 20);
        }
        project.uploads("data");
        assertThat(refusal()).hasMessageContaining("most of it is in " + project.folder + "/data: 7 files with 70 MiB");
    }

    @Test
    void aWholeFolderOfTheVagrantfileItselfHasNoNameToLeaveOut() throws Exception {
        for (int i = 0; i < 10; i++) {
            project.large("d" + i, 10L << 20);
        }
        project.shares(".");
        assertThat(refusal()).hasMessageContaining("most of it is in " + project.folder + ": ");
        assertThat(refusal().nextStep())
                .startsWith("Leave out what the sandbox does not need with lines that begin with !");
    }

    @Test
    void whatTheListNamesHasALimitToo() throws Exception {
        project.large("big", 1025L << 20);
        project.list("big");
        assertThat(refusal()).hasMessageContaining("1,025 MiB, and 1,024 MiB may come along");
    }

    @Test
    @Timeout(120)
    void aTreeWithoutAnEndIsGivenUpSoon() throws Exception {
        project.link("everything", "/usr");
        project.shares("everything");
        assertThat(refusal()).hasMessageContaining("more than may be copied");
    }

    @Test
    void whatIsTooMuchForOneMachineIsNotCopiedForTheNext() throws Exception {
        project.large("../data/big", 65L << 20);
        project.file("../data/sub/x", "");
        String data = project.top + "/labs/data";
        // As two machines have it, one of them by another name of the same folder.
        CopyPlan plan = project.shares(data)
                .shares(data)
                .shares(project.top + "/labs/./data")
                .shares(data + "/sub")
                .plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "../data/sub/x");
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .containsExactlyInAnyOrder(
                        data + " is too large to be copied, and is shared where it lies.",
                        data
                                + "/sub is copied, but guests get the original where the Vagrantfile writes that path out.");
    }

    @Test
    void lookingEndsEvenIfNothingComesAlong() throws Exception {
        CopyList list = CopyList.in(project.folder);
        Ledger ledger = new Ledger(CopyLimit.USUAL, list, project.folder);
        Ledger.Cause cause = new Ledger.Cause(project.folder, true);
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= 500_000; i++) {
                        ledger.look(cause);
                    }
                })
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("more than 500,000 files and folders were looked at");
    }

    @Test
    void relativePathsToFarAwayAreRefused() throws Exception {
        String up = "../".repeat(project.folder.getNameCount());
        project.script(up + "etc/hosts");
        ExpectedFailure failure = refusal();
        assertThat(failure).hasMessageContaining("which is /etc/hosts: that is private or too far above its folder");
        assertThat(failure.nextStep()).contains("absolute path");
        Project second = new Project(root);
        second.shares(up + "etc");
        assertThatThrownBy(second::plan).isInstanceOf(ExpectedFailure.class).hasMessageContaining("/etc");
    }

    @Test
    void anInterruptEndsPlanning() throws Exception {
        project.file("share/a", "");
        project.shares("share");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> project.plan()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theVariableSetsIt() {
        assertThat(limit("128")).isEqualTo(new CopyLimit(128L << 20, 5_000));
        assertThat(limit(" 1 , 7 ")).isEqualTo(new CopyLimit(1 << 20, 7));
        assertThat(limit("")).isEqualTo(CopyLimit.USUAL);
        assertThat(limit("999999999,9999999").named().bytes()).isPositive();
        assertThat(limit("999999999,9999999").named().files()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"64 MB", "-1", "1,", "1,2,3", "99999999999", "x"})
    void whatIsNoLimitIsRefused(String text) {
        assertThatThrownBy(() -> limit(text))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("CORRAL_COPY_LIMIT is \"" + text + "\"");
    }

    private static CopyLimit limit(String text) {
        return CopyLimit.of(new Environment(Map.of("CORRAL_COPY_LIMIT", text)));
    }
}
