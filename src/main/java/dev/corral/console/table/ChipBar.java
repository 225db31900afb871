package dev.corral.console.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;

/**
 * Quick filters with counts. A chip stands for {@code state:word} in the filter's text: pressing it puts that in place of other
 * words about states and keeps the rest; what is typed marks it. For the FX thread.
 */
public final class ChipBar extends SegmentedButton {
    private final Map<Chip, ToggleButton> buttons = new LinkedHashMap<>();
    private final FilterField field;
    private final Function<String, Optional<Chip>> chosen;

    /**
     * @param chips  the chips, from the left
     * @param field  the field whose text they stand for
     * @param chosen the chip that a text asks for
     */
    public ChipBar(List<Chip> chips, FilterField field, Function<String, Optional<Chip>> chosen) {
        this.field = field;
        this.chosen = chosen;
        // Which one is pressed is told by the text, and it may be none.
        setToggleGroup(null);
        setMinWidth(Region.USE_PREF_SIZE);
        for (Chip chip : chips) {
            ToggleButton button = new ToggleButton(chip.title());
            button.setId("chip-" + chip.id());
            button.getStyleClass().add("chip");
            button.setMinWidth(Region.USE_PREF_SIZE);
            if (!chip.tip().isEmpty()) {
                button.setTooltip(new Tooltip(chip.tip()));
            }
            button.setOnAction(event -> {
                field.set(FilterText.withState(field.text(), button.isSelected() ? chip.word() : ""));
                mark();
            });
            buttons.put(chip, button);
        }
        getButtons().setAll(buttons.values());
        mark();
    }

    /** Marks the chip that the field's text asks for. */
    public void mark() {
        Optional<Chip> shown = chosen.apply(field.text());
        buttons.forEach(
                (chip, button) -> button.setSelected(shown.filter(chip::equals).isPresent()));
    }

    /** Whether a chip is pressed. */
    public boolean pressed(Chip chip) {
        return Objects.requireNonNull(buttons.get(chip)).isSelected();
    }

    /**
     * Shows counts.
     *
     * @param count  how many rows a chip lets through
     * @param always whether a chip is shown with nothing to count, too
     */
    public void count(ToLongFunction<Chip> count, Predicate<Chip> always) {
        List<ToggleButton> seen = new ArrayList<>();
        buttons.forEach((chip, button) -> {
            long rows = count.applyAsLong(chip);
            String text = chip.title() + " " + rows;
            if (!text.equals(button.getText())) {
                button.setText(text);
                button.setAccessibleText("Show " + chip.title().toLowerCase(Locale.ROOT) + ", " + rows);
            }
            if (rows > 0 || always.test(chip) || button.isSelected()) {
                seen.add(button);
            }
        });
        if (!seen.equals(getButtons())) {
            getButtons().setAll(seen);
        }
    }
}
