package dev.corral.console.chrome;

import atlantafx.base.controls.Popover;
import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateDisplay;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Inventory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/** The foot of the window: cache directory, sandboxes and their size, problems, age of what is shown. */
public final class StatusBar extends org.controlsfx.control.StatusBar {
    private final Path home;
    private final Ticker ticker;
    private final Label cache = new Label();
    private final Label counts = new Label();
    private final Button problems = new Button();
    private final StateDisplay problemState = new StateDisplay(problems);
    private final VBox problemList = new VBox();
    private final Popover popover = new Popover(problemList);
    private final Label age = new Label();
    private List<String> shownProblems = List.of();
    private Optional<Instant> takenAt = Optional.empty();

    /**
     * @param ticker the time
     * @param home   the user's home
     */
    public StatusBar(Ticker ticker, Path home) {
        this.home = home;
        this.ticker = ticker;
        setText("");
        cache.setGraphic(Icons.of(MaterialDesignD.DATABASE_OUTLINE));
        cache.setMinWidth(0);
        counts.setMinWidth(Region.USE_PREF_SIZE);
        age.setMinWidth(Region.USE_PREF_SIZE);
        problems.setId("status-problems");
        problems.getStyleClass().add("status-problems");
        problems.setMinWidth(0);
        problems.setVisible(false);
        problems.setOnAction(event -> popover.show(problems));
        problemList.getStyleClass().add("problem-list");
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_CENTER);
        popover.setHeaderAlwaysVisible(false);
        popover.setDetachable(false);
        getLeftItems().addAll(cache, counts);
        getRightItems().addAll(problems, age);
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
        showProblems(inventory.problems().stream().map(Texts::line).toList());
        takenAt = Optional.of(inventory.takenAt());
        showAge();
    }

    // What can't be seen counts as unknown, so whoever wonders must be able to read all of it, by key too.
    private void showProblems(List<String> sentences) {
        if (sentences.equals(shownProblems)) {
            return;
        }
        shownProblems = sentences;
        problems.setVisible(!sentences.isEmpty());
        if (sentences.isEmpty()) {
            popover.hide();
            return;
        }
        problemState.show(
                Optional.of(StateStyle.STRAY),
                Formats.count(sentences.size(), "problem", "problems") + ": " + sentences.getFirst());
        problems.setTooltip(new Tooltip(String.join("\n", sentences)));
        problemList.getChildren().setAll(sentences.stream().map(StatusBar::line).toList());
    }

    private static Label line(String sentence) {
        Label line = new Label(sentence);
        line.setWrapText(true);
        line.setMinHeight(Region.USE_PREF_SIZE);
        return line;
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
