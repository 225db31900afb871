package dev.corral.console.messages;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** A question with its whole text, which scrolls where it is longer than the page, and its answers, which are always in sight. */
final class QuestionCard extends VBox {
    private static final double GAP_PX = 12;
    private static final double SCROLL_BAR_PX = 14;
    private static final double LEAST_BODY_PX = 48;
    // The second click of a double-click on the question before must not answer this one.
    private static final Duration DEAF_AFTER_ANOTHER = Duration.millis(400);

    private final VBox body = new VBox(6);
    private final ScrollPane scroll = new ScrollPane(body);
    private final FlowPane row = new FlowPane(8, 8);
    private final List<Button> buttons;
    private final int focused;

    /**
     * @param desk     gets the answer
     * @param question the question
     * @param follows  whether it comes right after another one
     */
    QuestionCard(MessageCenter desk, Question question, boolean follows) {
        super(GAP_PX);
        Label title = NoticeCard.wrapped(question.title(), "card-title");
        body.getChildren().addAll(title, NoticeCard.wrapped(question.text()));
        for (String victim : question.victims()) {
            body.getChildren().add(NoticeCard.wrapped(victim, "machine-text", "victim"));
        }
        if (desk.waiting() > 0) {
            body.getChildren()
                    .add(NoticeCard.wrapped(
                            desk.waiting() == 1 ? "1 more question waits." : desk.waiting() + " more questions wait.",
                            "muted"));
        }
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("question-body");
        scroll.setMinHeight(LEAST_BODY_PX);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        focused = question.focused();
        buttons = question.choices().stream()
                .map(choice -> {
                    Button button = NoticeCard.button(
                            choice.label(), choice.tone().styleClass(), () -> desk.answer(question, choice));
                    button.setId(choice.id());
                    return button;
                })
                .toList();
        row.setAlignment(Pos.CENTER_RIGHT);
        row.setMinHeight(Region.USE_PREF_SIZE);
        row.getChildren().addAll(buttons);
        getChildren().addAll(scroll, row);
        setId("question");
        getStyleClass().addAll("message-card", "question-card");
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        if (follows) {
            setMouseTransparent(true);
            PauseTransition pause = new PauseTransition(DEAF_AFTER_ANOTHER);
            pause.setOnFinished(event -> setMouseTransparent(false));
            pause.play();
        }
    }

    /** Gives the focus to the answer that is to have it. */
    void takeFocus() {
        buttons.get(focused).requestFocus();
    }

    private void key(KeyEvent event) {
        int at = buttons.indexOf(event.getTarget());
        if (event.getCode() == KeyCode.ENTER && at >= 0) {
            buttons.get(at).fire();
            event.consume();
        } else if ((event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT) && at >= 0) {
            int next = at + (event.getCode() == KeyCode.LEFT ? -1 : 1);
            buttons.get(Math.clamp(next, 0, buttons.size() - 1)).requestFocus();
            event.consume();
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    // A scroll pane does not ask its content how high it is in a given width.
    @Override
    protected double computePrefHeight(double width) {
        double inside = width < 0 ? -1 : width - snappedLeftInset() - snappedRightInset();
        return snappedTopInset()
                + body.prefHeight(inside < 0 ? -1 : inside - SCROLL_BAR_PX)
                + 4
                + GAP_PX
                + row.prefHeight(inside)
                + snappedBottomInset();
    }
}
