package dev.corral.console.vagrantfile.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.shared.OnStage;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.vagrantfile.Resolution;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The table of what a Vagrantfile means, before and after an edit. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class ResolvedViewTest extends OnStage {
    private static final Resolution BEFORE = Story.resolution();
    private static final Resolution NOW =
            Story.resolution(Story.machine().replace("\"memory\": 512", "\"memory\": 1024"));

    private ResolvedView view;

    @Start
    void open(Stage given) {
        stage = given;
        view = new ResolvedView(() -> {}, place -> {});
        stage.setScene(new Scene(view.node(), 900, 500));
        stage.show();
    }

    private void say(FxRobot robot, Resolution said) {
        robot.interact(() -> view.show(Optional.of(said), "", false, false));
    }

    @SuppressWarnings("unchecked")
    private ComboBox<String> against() {
        return (ComboBox<String>) node("#resolved-against");
    }

    private List<String> different() {
        return ((TableView<?>) node("#resolved-table"))
                .getItems().stream()
                        .map(String::valueOf)
                        .filter(line -> line.contains("different=true"))
                        .toList();
    }

    @Test
    void whatTheEditChangedStandsBesideWhatItWas(FxRobot robot) {
        say(robot, BEFORE);
        assertThat(against().isVisible() && against().getParent().isVisible())
                .as("nothing to compare with")
                .isFalse();
        say(robot, NOW);
        assertThat(against().getItems()).containsExactly("nothing", "before the last change");
        robot.interact(() -> against().setValue("before the last change"));
        assertThat(different()).singleElement().asString().contains("libvirt.memory", "one=1024", "other=512");
        // The same meaning, some lines further down, is no change.
        say(
                robot,
                Story.resolution(Story.machine()
                        .replace("\"memory\": 512", "\"memory\": 1024")
                        .replace("\"line\": 4", "\"line\": 9")));
        assertThat(different()).hasSize(1);
        robot.interact(() -> view.reveal(Story.FILE, 9));
        assertThat(different()).isEmpty();
    }

    @Test
    void machinesThatCameAndWentAreSeen() {
        Resolution two = Story.resolution(Story.machine(), Story.machine().replace("\"web\"", "\"db\""));
        assertThat(ResolvedRows.same(two, two)).isTrue();
        assertThat(ResolvedRows.same(two, BEFORE)).isFalse();
        assertThat(ResolvedRows.compare(BEFORE, two)).last().satisfies(gone -> {
            assertThat(gone.machine()).isEqualTo("db");
            assertThat(gone.settings()).allMatch(row -> row.one().isEmpty() && row.different());
        });
    }
}
