package dev.corral.console.messages;

import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** One notice: its whole text, the buttons that help, and a way to close it. Good news goes by itself. */
final class NoticeCard extends HBox {
    private static final Duration NEWS_TIME = Duration.seconds(6);
    // Good news with a button waits for somebody who reads before they press.
    private static final Duration OFFER_TIME = Duration.seconds(20);
    private static final double GAP_PX = 10;

    NoticeCard(Notice notice, Runnable close) {
        super(GAP_PX);
        VBox texts = new VBox(2, wrapped(notice.sentence(), "notice-sentence"));
        HBox.setHgrow(texts, Priority.ALWAYS);
        if (!notice.nextStep().isEmpty()) {
            texts.getChildren().add(wrapped(notice.nextStep(), "muted"));
        }
        FlowPane buttons = new FlowPane(8, 6);
        for (Notice.Remedy remedy : notice.remedies()) {
            buttons.getChildren().add(button(remedy.label(), "quiet-button", remedy.run()));
        }
        if (!notice.details().isEmpty()) {
            details(notice, texts, buttons);
        }
        if (!buttons.getChildren().isEmpty()) {
            VBox.setMargin(buttons, new Insets(6, 0, 0, 0));
            texts.getChildren().add(buttons);
        }
        Button closing = button("", "icon-button", close);
        closing.setGraphic(Icons.of(MaterialDesignC.CLOSE));
        closing.setAccessibleText("Close this message");
        closing.setTooltip(new Tooltip("Close · Esc"));
        getChildren()
                .addAll(
                        Icons.of(
                                notice.failure()
                                        ? MaterialDesignA.ALERT_CIRCLE_OUTLINE
                                        : MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                                notice.failure() ? "look-failed" : "look-ready"),
                        texts,
                        closing);
        getStyleClass().addAll("message-card", notice.failure() ? "message-failure" : "message-news");
        setMinHeight(USE_PREF_SIZE);
        if (!notice.failure()) {
            goLater(notice.remedies().isEmpty() ? NEWS_TIME : OFFER_TIME, close);
        }
    }

    private static void details(Notice notice, VBox texts, FlowPane buttons) {
        TextArea area = new TextArea(notice.details());
        area.setEditable(false);
        area.setWrapText(true);
        area.setPrefRowCount(8);
        area.setMinHeight(Region.USE_PREF_SIZE);
        area.getStyleClass().add("machine-area");
        area.setAccessibleText("Details");
        buttons.getChildren()
                .addAll(
                        button("Details", "quiet-button", () -> {
                            if (!texts.getChildren().remove(area)) {
                                texts.getChildren().add(area);
                            }
                        }),
                        button("Copy details", "quiet-button", () -> Clipboards.copy(notice.text())));
    }

    private void goLater(Duration after, Runnable close) {
        PauseTransition pause = new PauseTransition(after);
        pause.setOnFinished(event -> {
            if (isHover()) {
                pause.playFromStart();
            } else {
                close.run();
            }
        });
        pause.play();
    }

    /** A label that shows its whole text, however narrow it is. */
    static Label wrapped(String text, String... styleClasses) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    /** A button as wide as its text. */
    static Button button(String text, String styleClass, Runnable run) {
        Button button = new Button(text);
        button.getStyleClass().add(styleClass);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        return button;
    }
}
