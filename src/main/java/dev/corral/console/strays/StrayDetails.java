package dev.corral.console.strays;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.FactsCard;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateLabel;
import dev.corral.core.inventory.InventoryItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Everything about the chosen item: the whole reason, whose it is, where it lies, what its bytes consist of. */
final class StrayDetails extends StackPane {
    private final Path home;
    private final Label kicker = new Label();
    private final Label title = new Label();
    private final StateLabel state = new StateLabel();
    private final Label reason = new Label();
    private final Card size = new Card("Size");
    private final FactsCard facts = new FactsCard();
    private final ScrollPane scroll = new ScrollPane();
    private final EmptyState nothing = new EmptyState(
            MaterialDesignC.CURSOR_DEFAULT_CLICK_OUTLINE,
            "Nothing chosen",
            "Choose a row to see whose it is, why it has its state, and what its bytes consist of.");
    private Optional<StrayRow> shown = Optional.empty();

    StrayDetails(Actions actions, Path home) {
        this.home = home;
        setId("stray-details");
        getStyleClass().add("details");
        kicker.getStyleClass().add("section-title");
        title.getStyleClass().add("details-title");
        title.setWrapText(true);
        title.setMinWidth(0);
        title.setTooltip(new Tooltip());
        reason.setWrapText(true);
        FlowPane buttons = new FlowPane(8, 8);
        for (Action action :
                List.of(Action.SHOW_IN_SANDBOXES, Action.PIN, Action.REVEAL, Action.COPY, Action.CLEAN_CHOSEN)) {
            buttons.getChildren()
                    .add(actions.button(action, action == Action.CLEAN_CHOSEN ? "destructive-button" : "quiet-button"));
        }
        VBox content = new VBox(12, new VBox(3, kicker, title, state), reason, buttons, size, facts);
        content.getStyleClass().add("details-content");
        scroll.setContent(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().addAll(scroll, nothing);
        show(Optional.empty());
    }

    void show(Optional<StrayRow> row) {
        nothing.setVisible(row.isEmpty());
        scroll.setVisible(row.isPresent());
        if (row.equals(shown) || row.isEmpty()) {
            return;
        }
        if (shown.map(before -> !before.key().equals(row.get().key())).orElse(true)) {
            scroll.setVvalue(0);
        }
        shown = row;
        StrayRow now = row.get();
        kicker.setText(now.kind().toUpperCase(java.util.Locale.ROOT));
        title.setText(Formats.middle(now.name(), 60));
        title.getTooltip().setText(now.name());
        state.show(StrayRow.look(now.state()), now.state().word());
        reason.setText(now.reason());
        size(now);
        facts.update(StrayFacts.of(now, home));
    }

    private void size(StrayRow row) {
        size.setHeading(row.bytes() < 0 ? "Size · not known" : "Size · " + Formats.bytes(row.bytes()));
        GridPane grid = Card.pairs();
        int line = 0;
        for (InventoryItem.Part part : row.item().parts()) {
            Label what = new Label(part.what());
            what.getStyleClass().add("muted");
            Label bytes = new Label(Formats.bytes(part.bytes()));
            bytes.setTooltip(new Tooltip(part.bytes() + " bytes"));
            grid.addRow(line++, what, bytes);
        }
        size.setShown(row.bytes() != 0 || line > 0);
        size.setBody(grid);
    }
}
