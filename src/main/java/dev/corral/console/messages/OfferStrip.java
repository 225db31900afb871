package dev.corral.console.messages;

import dev.corral.console.shared.Icons;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;

/**
 * What can be done that nobody has asked for, a row each. It takes room instead of floating, so that no offer lies over a list that
 * somebody works in; without offers it takes none.
 */
final class OfferStrip extends VBox {

    /** @param desk where the offers come from */
    OfferStrip(MessageCenter desk) {
        managedProperty().bind(visibleProperty());
        setVisible(false);
        desk.notices().addListener((ListChangeListener<Notice>) change -> show(desk));
    }

    private void show(MessageCenter desk) {
        List<Notice> offered = desk.notices().stream()
                .filter(notice -> notice.kind() == Notice.Kind.OFFER)
                .toList();
        List<Object> shown = getChildren().stream().map(Node::getUserData).toList();
        if (!shown.equals(List.<Object>copyOf(offered))) {
            getChildren()
                    .setAll(offered.stream().map(notice -> row(desk, notice)).toList());
            setVisible(!offered.isEmpty());
        }
    }

    private static Node row(MessageCenter desk, Notice notice) {
        Label sentence = NoticeCard.wrapped(notice.sentence());
        sentence.setTooltip(notice.nextStep().isEmpty() ? null : new Tooltip(notice.nextStep()));
        sentence.setMinWidth(0);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        FlowPane buttons = new FlowPane(8, 6);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        for (Notice.Remedy remedy : notice.remedies()) {
            buttons.getChildren().add(NoticeCard.button(remedy.label(), "quiet-button", remedy.run()));
        }
        Button closing =
                NoticeCard.button("", "icon-button", () -> desk.notices().remove(notice));
        closing.setGraphic(Icons.of(MaterialDesignC.CLOSE));
        closing.setAccessibleText("Close this message");
        closing.setTooltip(new Tooltip("Close · Esc"));
        HBox row = new HBox(
                10, Icons.of(MaterialDesignI.INFORMATION_OUTLINE, "look-changing"), sentence, buttons, closing);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("offer");
        row.setUserData(notice);
        return row;
    }
}
