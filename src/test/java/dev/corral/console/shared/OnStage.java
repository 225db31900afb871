package dev.corral.console.shared;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** What tests of one pane ask of its stage. */
public abstract class OnStage {
    /** The stage; set by the test's own start. */
    protected Stage stage;

    /** Waits until something is so on the thread of the window. */
    protected static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                    .get());
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    /** The node of an id, or null. */
    protected final Node node(String id) {
        return stage.getScene().lookup(id);
    }

    /** The text of the label or button of an id; empty if there is none. */
    protected final String text(String id) {
        return node(id) instanceof Labeled labeled ? String.valueOf(labeled.getText()) : "";
    }

    /** Whether any label or button has this in its text. */
    protected final boolean anyText(String part) {
        return stage.getScene().getRoot().lookupAll("*").stream()
                .anyMatch(node -> node instanceof Labeled labeled
                        && String.valueOf(labeled.getText()).contains(part));
    }

    /** Presses a button. */
    protected final void press(FxRobot robot, String id) {
        robot.interact(() -> ((ButtonBase) node(id)).fire());
    }

    /** Puts a text into a field. */
    protected final void type(FxRobot robot, String id, String text) {
        robot.interact(() -> ((TextInputControl) node(id)).setText(text));
    }
}
