package dev.corral.console.chrome;

import dev.corral.console.shared.Overlay;
import dev.corral.console.work.Victims;
import dev.corral.core.inventory.SandboxView;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What is asked when the window is closed while VMs of it live. */
public final class QuitDialog implements QuitQuestions {
    private static final int MOST_NAMED = 8;

    private final Overlay overlay;

    /** @param overlay where it is shown */
    public QuitDialog(Overlay overlay) {
        this.overlay = overlay;
    }

    @Override
    public void askAboutVms(List<SandboxView> sandboxes, List<String> programs, Runnable keep, Runnable destroy) {
        Button stay = button("quit-cancel", "Cancel", "quiet-button", overlay::close);
        Button keepButton = button("quit-keep", "Keep running", "main-button", () -> {
            overlay.close();
            keep.run();
        });
        Button destroyButton = button("quit-destroy", "Destroy and quit", "destructive-button", () -> {
            overlay.close();
            destroy.run();
        });
        String kept = "Kept ones are pinned: they stay, and the next window shows them.";
        if (programs.isEmpty()) {
            show("VMs of this window are running", kept, names(sandboxes), keepButton, stay, destroyButton, keepButton);
        } else {
            show(
                    "VMs of this window are running",
                    kept + " What is open in the dock ends: " + String.join(", ", programs) + ".",
                    names(sandboxes),
                    stay,
                    stay,
                    destroyButton,
                    keepButton);
        }
    }

    @Override
    public void askAboutPrograms(List<String> programs, Runnable leave) {
        Button stay = button("quit-cancel", "Cancel", "main-button", overlay::close);
        Button end = button("quit-end-programs", "End and quit", "destructive-button", () -> {
            overlay.close();
            leave.run();
        });
        show(
                "Something in the dock would end",
                "It ends when the window closes. The VMs stay.",
                programs,
                stay,
                end,
                stay);
    }

    @Override
    public void explainWork(List<String> titles, Runnable cancel) {
        Button stay = button("quit-stay", "Wait", "main-button", overlay::close);
        Button cancelButton = button(
                "quit-cancel-work", titles.size() == 1 ? "Cancel it" : "Cancel them", "destructive-button", () -> {
                    overlay.close();
                    cancel.run();
                });
        show(
                "Something is under way",
                "Quitting now would leave it half made. Wait for it, or cancel it and quit then.",
                titles,
                stay,
                cancelButton,
                stay);
    }

    private void show(String title, String text, List<String> names, Button focus, Button... buttons) {
        Label head = new Label(title);
        head.getStyleClass().add("card-title");
        Label body = new Label(text);
        body.setWrapText(true);
        VBox box = new VBox(10, head, body);
        for (String name : names) {
            Label line = new Label(name);
            line.getStyleClass().addAll("machine-text", "victim");
            line.setTooltip(new Tooltip(name));
            box.getChildren().add(line);
        }
        HBox row = new HBox(8);
        row.getChildren().addAll(buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        box.getChildren().add(row);
        box.setId("quit-dialog");
        box.getStyleClass().addAll("card", "quit-dialog");
        overlay.open(box, Pos.CENTER, focus, () -> {});
    }

    private static List<String> names(List<SandboxView> sandboxes) {
        List<String> names = new ArrayList<>();
        for (SandboxView view : sandboxes.subList(0, Math.min(MOST_NAMED, sandboxes.size()))) {
            names.add(Victims.name(view));
        }
        if (sandboxes.size() > MOST_NAMED) {
            names.add("and " + (sandboxes.size() - MOST_NAMED) + " more");
        }
        return names;
    }

    private static Button button(String id, String text, String styleClass, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add(styleClass);
        button.setOnAction(event -> run.run());
        // Enter on the button that has the focus, on every platform.
        button.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
                button.fire();
                event.consume();
            }
        });
        return button;
    }
}
