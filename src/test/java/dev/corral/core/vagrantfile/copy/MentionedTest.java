package dev.corral.core.vagrantfile.copy;

import static dev.corral.core.vagrantfile.copy.Project.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes along since a guest looks for it in Vagrant's own share. */
@Tag("unit")
class MentionedTest {
    @TempDir
    private Path root;

    private Project project;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
    }

    @Test
    void whatProvisionersFindInVagrantsOwnShareComesAlong() throws Exception {
        project.file("tools/install.sh", "cp /vagrant/conf/app.ini /etc; ls /home/vagrant/not");
        project.file("conf/app.ini", "1");
        project.file("web/index.html", "1");
        project.file("web/img/a.png", "1");
        project.file("not/x", "1");
        project.sharesByDefault()
                .script("tools/install.sh")
                .provisioner("shell", Map.of("inline", "cp -r /vagrant/web/* /srv; touch /vagrant/made-by-guest."));
        assertThat(files(project.plan()))
                .containsExactlyInAnyOrder(
                        "Vagrantfile", "tools/install.sh", "conf/app.ini", "web/index.html", "web/img/a.png");
    }

    @Test
    void whatAGuestFindsAboveVagrantsOwnShareIsItsOwn() throws Exception {
        project.file("../shared/a", "1");
        project.file("conf/app.ini", "1");
        project.file("web/a", "1");
        project.file("other/a", "1");
        project.sharesByDefault()
                .provisioner(
                        "shell",
                        Map.of(
                                "inline",
                                "cp /vagrant/../shared/a /vagrant/web/../../shared/a /srv; ls /vagrant/..; ls /vagrant/web/..."
                                        + " cp /vagrant/web/../conf/app.ini /etc"));
        CopyPlan plan = project.plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "conf/app.ini", "web/a");
        assertThat(plan.above()).isZero();
    }

    @Test
    void allThatTheRubyOfATriggerMayReadIsSaidOnce() throws Exception {
        assertThat(project.rubyTrigger().plan().notes())
                .as("nothing but the Vagrantfile")
                .isEmpty();
        project.file("conf/app.ini", "1");
        project.file("notes.txt", "1");
        CopyPlan plan = project.rubyTrigger().plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "conf/app.ini", "notes.txt");
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(project.folder
                        + " comes along with all that lies in it, since the Ruby of a trigger may read any of it; lines that begin with"
                        + " ! in .corralcopy leave out what it does not need.");
        project.list("!notes.txt");
        assertThat(files(project.plan())).contains("conf/app.ini").doesNotContain("notes.txt");
    }

    @Test
    void whoWorksInVagrantsOwnShareFindsAllOfIt() throws Exception {
        project.file("Makefile", "all:");
        project.file("src/main.c", "1");
        project.file(".git/HEAD", "1");
        project.sharesByDefault().provisioner("shell", Map.of("inline", "cd /vagrant && make"));
        assertThat(files(project.plan())).containsExactlyInAnyOrder("Vagrantfile", "Makefile", "src/main.c");
    }

    @Test
    void whatIsTooLargeForVagrantsOwnShareIsSaidAndStopsNothing() throws Exception {
        project.large("data", 65L << 20);
        project.file("small/x", "1");
        project.sharesByDefault()
                .provisioner("shell", Map.of("inline", "cd /vagrant && make; cp -r /vagrant/small /srv"));
        CopyPlan plan = project.plan();
        assertThat(files(plan)).containsExactlyInAnyOrder("Vagrantfile", "small/x");
        assertThat(plan.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(
                        project.folder + " is too large to be copied for the guest, which looks for it in /vagrant;"
                                + " a .corralcopy can choose of it.");
    }
}
