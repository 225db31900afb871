package dev.corral.console.strays.cards;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A picture of where the disk went: a bar of slices, and below it their names and sizes. Each shows its rows when pressed. */
public final class DiskCard extends Card {
    private static final double BAR_PX = 30;
    private static final double LEAST_PX = 3;

    private final Map<DiskUse.What, Region> slices = new EnumMap<>(DiskUse.What.class);
    private final Map<DiskUse.What, Button> names = new EnumMap<>(DiskUse.What.class);
    private final Map<DiskUse.What, Tooltip> tips = new EnumMap<>(DiskUse.What.class);
    private final Bar bar = new Bar();
    private final FlowPane legend = new FlowPane(4, 2);
    private DiskUse shown = new DiskUse(List.of());

    /** @param filter shows the rows of a slice */
    public DiskCard(Consumer<String> filter) {
        super("Where the disk went");
        setId("disk-card");
        for (DiskUse.What what : DiskUse.What.values()) {
            Region slice = new Region();
            slice.getStyleClass().addAll("disk-slice", what.styleClass());
            slice.setOnMouseClicked(event -> filter.accept(what.filter()));
            Tooltip tip = new Tooltip();
            Tooltip.install(slice, tip);
            tips.put(what, tip);
            slices.put(what, slice);
            Region swatch = new Region();
            swatch.getStyleClass().addAll("disk-swatch", what.styleClass());
            Button name = new Button("", swatch);
            name.setId("slice-" + what.name().toLowerCase(java.util.Locale.ROOT));
            name.getStyleClass().add("legend-button");
            name.setTooltip(tip);
            name.setOnAction(event -> filter.accept(what.filter()));
            names.put(what, name);
        }
        bar.getStyleClass().add("disk-bar");
        setBody(bar, legend);
    }

    /** Shows where it went. */
    public void show(DiskUse use) {
        if (use.equals(shown)) {
            return;
        }
        List<DiskUse.What> before =
                shown.slices().stream().map(DiskUse.Slice::what).toList();
        shown = use;
        setHeading("Where the disk went · " + Formats.bytes(use.bytes()));
        List<Button> buttons = new ArrayList<>();
        for (DiskUse.Slice slice : use.slices()) {
            String text = slice.what().title() + "  " + Formats.bytes(slice.bytes());
            Button name = Objects.requireNonNull(names.get(slice.what()));
            if (!text.equals(name.getText())) {
                name.setText(text);
                String share = Math.round(100.0 * slice.bytes() / use.bytes()) + " %";
                name.setAccessibleText(slice.what().explanation() + ", " + Formats.bytes(slice.bytes()) + ", " + share
                        + ", show them");
                Objects.requireNonNull(tips.get(slice.what()))
                        .setText(slice.what().explanation() + "\n" + Formats.bytes(slice.bytes()) + " · " + share
                                + "\nClick to show them");
            }
            buttons.add(name);
        }
        if (!before.equals(use.slices().stream().map(DiskUse.Slice::what).toList())) {
            legend.getChildren().setAll(buttons);
            bar.getChildren()
                    .setAll(use.slices().stream()
                            .map(slice -> Objects.requireNonNull(slices.get(slice.what())))
                            .toList());
        }
        bar.requestLayout();
    }

    /** Lays the slices side by side by their bytes; small ones stay visible. */
    private final class Bar extends Pane {
        Bar() {
            setMinHeight(BAR_PX);
            setPrefHeight(BAR_PX);
            setMaxHeight(BAR_PX);
        }

        @Override
        protected void layoutChildren() {
            double room = getWidth() - LEAST_PX * shown.slices().size();
            double at = 0;
            for (DiskUse.Slice slice : shown.slices()) {
                double width = LEAST_PX + Math.max(0, room) * slice.bytes() / Math.max(1.0, shown.bytes());
                Objects.requireNonNull(slices.get(slice.what()))
                        .resizeRelocate(Math.round(at), 0, Math.round(at + width) - Math.round(at) - 1, BAR_PX);
                at += width;
            }
        }
    }
}
