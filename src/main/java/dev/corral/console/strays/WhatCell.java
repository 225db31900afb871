package dev.corral.console.strays;

import dev.corral.console.shared.Formats;
import dev.corral.console.table.NameDisplay;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.OverrunStyle;
import org.jspecify.annotations.Nullable;

/** What an item is: its kind, its name and its VMs; or a state's name with an arrow that folds it. */
final class WhatCell extends LineCell {
    private final NameDisplay display;

    WhatCell(Consumer<Line.Group> fold) {
        this.display = new NameDisplay(this, OverrunStyle.CENTER_ELLIPSIS, () -> {
            if (content() instanceof Line.Group group) {
                fold.accept(group);
                return true;
            }
            return false;
        });
    }

    @Override
    void show(Line.@Nullable Content content) {
        switch (content) {
            case null -> {
                display.clear();
                return;
            }
            case Line.Group group -> {
                String title = group.state().word();
                display.show(
                        "",
                        title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                        String.valueOf(group.count()),
                        StrayCells.explanation(group.state()),
                        title + ", " + Formats.count(group.count(), "item", "items"));
                display.arrow(true, group.open(), 0);
            }
            case Line.Item item -> {
                StrayRow row = item.row();
                String name = row.kind() + " " + row.name();
                display.show(
                        row.kind(),
                        row.name(),
                        row.machines(),
                        row.machines().isEmpty() ? name : name + "\n" + row.machines(),
                        row.spoken());
            }
        }
        display.arrowRoom(content instanceof Line.Group);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        display.layout(super::layoutChildren);
    }
}
