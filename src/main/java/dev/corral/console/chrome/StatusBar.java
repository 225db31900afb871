package dev.corral.console.chrome;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Inventory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/** The foot of the window: cache directory, sandboxes and their size, problems, age of what is shown. */
public final class StatusBar extends HBox {
    private final Path home;
    private final Ticker ticker;
    private final Label cache = new Label();
    private final Label counts = new Label();
    private final StateLabel problems = new StateLabel();
    private final Label age = new Label();
    private Optional<Instant> takenAt = Optional.empty();

    /**
     * @param ticker the time
     * @param home   the user's home
     */
    public StatusBar(Ticker ticker, Path home) {
        super(18);
        this.home = home;
        this.ticker = ticker;
        getStyleClass().add("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        cache.setGraphic(dev.corral.console.shared.Icons.of(MaterialDesignD.DATABASE_OUTLINE));
        cache.setMinWidth(0);
        counts.setMinWidth(Region.USE_PREF_SIZE);
        age.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        problems.setVisible(false);
        getChildren().addAll(cache, counts, space, problems, age);
        ticker.now().addListener((all, before, now) -> showAge());
    }

    /** Shows an inventory. */
    public void update(Inventory inventory) {
        cache.setText(Formats.middle(Formats.path(inventory.cache(), home), 70));
        cache.setTooltip(new Tooltip("Sandboxes lie in " + inventory.cache()));
        long disk = inventory.sandboxes().stream()
                .flatMap(view -> view.machines().stream())
                .mapToLong(machine -> Math.max(0, machine.diskBytes()))
                .sum();
        counts.setText(Formats.count(inventory.sandboxes().size(), "sandbox", "sandboxes")
                + (disk > 0 ? " · " + Formats.bytes(disk) : ""));
        boolean some = !inventory.problems().isEmpty();
        problems.setVisible(some);
        problems.show(
                StateStyle.STRAY,
                some
                        ? Formats.count(inventory.problems().size(), "problem", "problems") + ": "
                                + Texts.line(inventory.problems().getFirst())
                        : "");
        problems.setTooltip(
                some
                        ? new Tooltip(
                                inventory.problems().stream().map(Texts::line).collect(Collectors.joining("\n")))
                        : null);
        takenAt = Optional.of(inventory.takenAt());
        showAge();
    }

    private void showAge() {
        String text = takenAt.map(
                        then -> "refreshed " + Formats.ago(then, ticker.now().get()))
                .orElse("");
        if (!text.equals(age.getText())) {
            age.setText(text);
            age.setTooltip(takenAt.map(then -> new Tooltip("Last change seen " + Formats.exact(then)))
                    .orElse(null));
        }
    }
}
