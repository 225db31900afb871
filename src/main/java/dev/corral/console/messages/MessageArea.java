package dev.corral.console.messages;

import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/**
 * Questions and notices, at the lower edge of the page. They take room there and so never lie over rows; the list begins at
 * its top, so nothing moves. One card shows at a time. A failure stays until it is closed; good news goes by itself unless the
 * pointer is on it.
 */
public final class MessageArea extends VBox {
    private static final Duration NEWS_TIME = Duration.seconds(6);

    private final MessageCenter desk;
    private final Map<UUID, Node> shown = new HashMap<>();
    private final Label earlier = new Label();
    private final HBox rest = new HBox(8, earlier);
    private Node questionCard;
    private Node returnTo;

    /** @param desk where questions and notices come from */
    public MessageArea(MessageCenter desk) {
        super(8);
        this.desk = desk;
        getStyleClass().add("message-area");
        setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_CENTER);
        setMaxSize(620, Region.USE_PREF_SIZE);
        rest.getStyleClass().add("message-rest");
        rest.setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closeAll = button("Close all", "quiet-button", desk.notices()::clear);
        closeAll.setId("close-all-messages");
        rest.getChildren().addAll(space, closeAll);
        earlier.setMinWidth(0);
        managedProperty()
                .bind(Bindings.isNotEmpty(desk.notices()).or(desk.question().isNotNull()));
        desk.notices().addListener((ListChangeListener<Notice>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(this::remove);
                change.getAddedSubList().forEach(this::add);
            }
            makeRoom();
        });
        getChildren().add(rest);
        makeRoom();
        desk.question().addListener((all, before, question) -> ask(question));
    }

    // One card at a time, so that the list keeps its room: the question, else the newest notice with a word on how many
    // wait.
    private void makeRoom() {
        boolean asked = questionCard != null;
        List<Notice> notices = desk.notices();
        for (int i = 0; i < notices.size(); i++) {
            show(shown.get(notices.get(i).id()), !asked && i == notices.size() - 1);
        }
        int more = notices.size() - 1;
        earlier.setText(more == 1 ? "1 earlier message" : more + " earlier messages");
        show(rest, !asked && more > 0);
    }

    private static void show(Node node, boolean visible) {
        if (node != null) {
            node.setVisible(visible);
            node.setManaged(visible);
        }
    }

    private void remove(Notice notice) {
        getChildren().remove(shown.remove(notice.id()));
    }

    private void add(Notice notice) {
        Label sentence = new Label(notice.sentence());
        sentence.setWrapText(true);
        sentence.getStyleClass().add("notice-sentence");
        VBox texts = new VBox(2, sentence);
        HBox.setHgrow(texts, Priority.ALWAYS);
        if (!notice.nextStep().isEmpty()) {
            Label next = new Label(notice.nextStep());
            next.setWrapText(true);
            next.getStyleClass().add("muted");
            texts.getChildren().add(next);
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
        Button close = button("", "icon-button", () -> desk.notices().remove(notice));
        close.setGraphic(Icons.of(MaterialDesignC.CLOSE));
        close.setAccessibleText("Close this message");
        close.setTooltip(new Tooltip("Close"));
        HBox card = new HBox(
                10,
                Icons.of(
                        notice.failure() ? MaterialDesignA.ALERT_CIRCLE_OUTLINE : MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                        notice.failure() ? "look-failed" : "look-ready"),
                texts,
                close);
        card.getStyleClass().addAll("message-card", notice.failure() ? "message-failure" : "message-news");
        shown.put(notice.id(), card);
        getChildren().addFirst(card);
        if (!notice.failure()) {
            goLater(notice, card);
        }
    }

    private void details(Notice notice, VBox texts, FlowPane buttons) {
        TextArea area = new TextArea(notice.details());
        area.setEditable(false);
        area.setPrefRowCount(8);
        area.getStyleClass().add("machine-area");
        area.setAccessibleText("Details");
        Button more = new Button("Details");
        more.getStyleClass().add("quiet-button");
        more.setOnAction(event -> {
            if (!texts.getChildren().remove(area)) {
                texts.getChildren().add(area);
            }
        });
        buttons.getChildren()
                .addAll(
                        more,
                        button(
                                "Copy details",
                                "quiet-button",
                                () -> Clipboards.copy(notice.sentence() + "\n" + notice.details())));
    }

    private void goLater(Notice notice, Node card) {
        PauseTransition pause = new PauseTransition(NEWS_TIME);
        pause.setOnFinished(event -> {
            if (card.isHover()) {
                pause.playFromStart();
            } else {
                desk.notices().remove(notice);
            }
        });
        pause.play();
    }

    private void ask(Question question) {
        boolean hadFocus = questionCard != null && focusIn(questionCard);
        getChildren().remove(questionCard);
        questionCard = null;
        if (question == null) {
            makeRoom();
            if (hadFocus && returnTo != null) {
                returnTo.requestFocus();
            }
            return;
        }
        returnTo = getScene() == null ? null : getScene().getFocusOwner();
        Label title = new Label(question.title());
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        Label text = new Label(question.text());
        text.setWrapText(true);
        VBox body = new VBox(6, title, text);
        for (String victim : question.victims()) {
            Label line = new Label(victim);
            line.getStyleClass().addAll("machine-text", "victim");
            line.setTooltip(new Tooltip(victim));
            body.getChildren().add(line);
        }
        List<Button> buttons = question.choices().stream()
                .map(choice -> button(question, choice))
                .toList();
        HBox row = new HBox(8);
        row.setAlignment(Pos.CENTER_RIGHT);
        row.getChildren().addAll(buttons);
        VBox card = new VBox(12, body, row);
        card.setId("question");
        card.getStyleClass().addAll("message-card", "question-card");
        card.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, buttons));
        questionCard = card;
        getChildren().add(card);
        makeRoom();
        Button focused = buttons.get(question.focused());
        focused.requestFocus();
    }

    private void key(KeyEvent event, List<Button> buttons) {
        int at = buttons.indexOf(event.getTarget());
        if (event.getCode() == KeyCode.ESCAPE) {
            desk.question().set(null);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && at >= 0) {
            buttons.get(at).fire();
            event.consume();
        } else if ((event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT) && at >= 0) {
            int next = at + (event.getCode() == KeyCode.LEFT ? -1 : 1);
            buttons.get(Math.clamp(next, 0, buttons.size() - 1)).requestFocus();
            event.consume();
        }
    }

    private Button button(Question question, Question.Choice choice) {
        Button button = button(choice.label(), choice.tone().styleClass(), () -> {
            if (!choice.keepOpen() && desk.question().get() == question) {
                desk.question().set(null);
            }
            choice.run().run();
        });
        button.setId(choice.id());
        return button;
    }

    private static boolean focusIn(Node card) {
        for (Node node = card.getScene() == null ? null : card.getScene().getFocusOwner();
                node != null;
                node = node.getParent()) {
            if (node == card) {
                return true;
            }
        }
        return false;
    }

    private static Button button(String text, String styleClass, Runnable run) {
        Button button = new Button(text);
        button.getStyleClass().add(styleClass);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        return button;
    }
}
