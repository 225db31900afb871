package dev.corral.console.remedy;

import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;

/** The offers beside a failure, a button each; the first one stands out. Takes no room without any. For the FX thread. */
public final class RemedyBar extends FlowPane {
    private List<Offer> shown = List.of();
    private Consumer<Offer> doing = offer -> {};

    /** One without offers. */
    public RemedyBar() {
        super(8, 6);
        getStyleClass().add("remedies");
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    /**
     * Shows these.
     *
     * @param run does what a button says
     */
    public void show(List<Offer> offers, Consumer<Offer> run) {
        // The same may be offered for another sandbox.
        doing = run;
        if (offers.equals(shown)) {
            return;
        }
        shown = offers;
        getChildren().clear();
        for (Offer offer : offers) {
            Button button = new Button(offer.label());
            button.setId("remedy-" + offer.does().word());
            // A name with an underscore is no mark of a key.
            button.setMnemonicParsing(false);
            button.getStyleClass().addAll(getChildren().isEmpty() ? "main-button" : "quiet-button", "step-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setTooltip(new Tooltip(offer.help()));
            button.setAccessibleHelp(offer.help());
            button.setOnAction(event -> doing.accept(offer));
            getChildren().add(button);
        }
        setVisible(!offers.isEmpty());
    }
}
