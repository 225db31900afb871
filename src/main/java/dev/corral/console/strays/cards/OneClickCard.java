package dev.corral.console.strays.cards;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.strays.StraysView;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/** What one click would give back, and what that consists of. */
public final class OneClickCard extends Card {
    private final Label total = new Label();
    private final Label parts = new Label();

    /** One that promises nothing yet. */
    public OneClickCard() {
        super("One click");
        setId("one-click");
        total.getStyleClass().add("big-number");
        parts.setWrapText(true);
        parts.setMinHeight(34);
        parts.getStyleClass().add("muted");
        parts.setTooltip(new Tooltip());
        setBody(total, parts);
    }

    /** Shows what a cleanup of all strays would give back. */
    public void show(StraysView view) {
        String head = view.strays() == 0
                ? "Nothing to have back"
                : view.bytes() > 0
                        ? Formats.bytes(view.bytes()) + " back"
                        : Formats.count(view.strays(), "item", "items") + " to tidy up";
        String body = view.strays() == 0
                ? "Every VM here is in use or kept."
                : view.parts() + ". Nothing live is touched."
                        + (view.unknown() > 0 ? " The size of " + view.unknown() + " is not known." : "");
        if (!head.equals(total.getText())) {
            total.setText(head);
        }
        if (!body.equals(parts.getText())) {
            parts.setText(body);
            parts.getTooltip().setText(body);
        }
    }
}
