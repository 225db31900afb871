package dev.corral.console.shared;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What is opened below the edge of a view comes into it. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class IntoViewTest {
    private VBox content;
    private ScrollPane scroll;

    @Start
    void open(Stage stage) {
        content = new VBox();
        scroll = new ScrollPane(content);
        for (int i = 0; i < 10; i++) {
            Region region = new Region();
            region.setMinSize(100, 100);
            content.getChildren().add(region);
        }
        stage.setScene(new Scene(scroll, 200, 250));
        stage.show();
    }

    private boolean seen(Node node) {
        Bounds view = scroll.lookup(".viewport")
                .localToScene(scroll.lookup(".viewport").getLayoutBounds());
        Bounds at = node.localToScene(node.getBoundsInLocal());
        return at.getMinY() >= view.getMinY() - 1 && at.getMaxY() <= view.getMaxY() + 1;
    }

    @Test
    void itComesIntoViewAndNothingMovesWhereItIsThere(FxRobot robot) {
        robot.interact(() -> {
            Region grown = (Region) content.getChildren().get(6);
            assertThat(seen(grown)).isFalse();
            grown.setMinHeight(180);
            IntoView.show(scroll, grown);
        });
        robot.interact(() -> {
            assertThat(seen(content.getChildren().get(6)))
                    .as("all of it, grown a moment ago")
                    .isTrue();
            double at = scroll.getVvalue();
            IntoView.show(scroll, content.getChildren().get(6));
            assertThat(scroll.getVvalue()).isEqualTo(at);
            IntoView.show(scroll, content.getChildren().getFirst());
        });
        robot.interact(() -> {
            assertThat(scroll.getVvalue()).isZero();
            Region high = (Region) content.getChildren().get(4);
            high.setMinHeight(2_000);
            IntoView.show(scroll, high);
        });
        robot.interact(() -> assertThat(content.getChildren()
                        .get(4)
                        .localToScene(content.getChildren().get(4).getBoundsInLocal())
                        .getMinY())
                .as("the beginning of what is higher than the view")
                .isBetween(-1.0, 3.0));
    }
}
