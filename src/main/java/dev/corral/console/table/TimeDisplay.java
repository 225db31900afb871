package dev.corral.console.table;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/** Shows how long ago something was in a cell. Changes by itself as time goes. For the FX thread. */
public final class TimeDisplay {
    private final Labeled cell;
    private final Ticker ticker;
    private final String before;
    private final Tooltip tooltip = new Tooltip();
    // Held here, since the ticker holds it weakly: a cell, which holds this, lives as long as the table wants it.
    private final ChangeListener<Instant> tick = (all, then, now) -> show();
    private Optional<Instant> since = Optional.empty();
    private Function<Duration, String> format = Formats::coarse;

    /**
     * @param cell   where it is shown
     * @param ticker the time
     * @param before what the tooltip says before the time
     */
    public TimeDisplay(Labeled cell, Ticker ticker, String before) {
        this.cell = cell;
        this.ticker = ticker;
        this.before = before;
        cell.getStyleClass().add("number-cell");
        ticker.now().addListener(new WeakChangeListener<>(tick));
    }

    /** Shows the time since then, or nothing. */
    public void show(Optional<Instant> then, Function<Duration, String> how) {
        since = then;
        format = how;
        since.ifPresent(time -> tooltip.setText(before + " " + Formats.exact(time)));
        cell.setTooltip(since.isPresent() ? tooltip : null);
        show();
    }

    private void show() {
        String text = since.map(
                        then -> format.apply(Duration.between(then, ticker.now().get())))
                .orElse("");
        if (!text.equals(cell.getText())) {
            cell.setText(text);
        }
    }
}
