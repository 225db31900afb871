package dev.corral.console.strays.plan;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.console.strays.StrayRow;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.InventoryItem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** An entry of the plan: state, name and reason, what is done, how much it gives back. */
final class PlanCell extends ListCell<ObjectProperty<PlanEntry>> {
    /** Height of an entry. */
    static final double ROW_PX = 46;

    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final StateLabel state = new StateLabel();
    private final Label name = new Label();
    private final Label kind = new Label();
    private final Label reason = new Label();
    private final Label action = new Label();
    private final Label bytes = new Label();
    private final HBox box;
    private final Label heading = new Label();
    private final Tooltip tooltip = new Tooltip();
    private final ChangeListener<PlanEntry> changed = (all, before, now) -> show(now);
    private @Nullable ObjectProperty<PlanEntry> watched;

    PlanCell() {
        kind.getStyleClass().add("muted");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        name.getStyleClass().add("row-title");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMinWidth(0);
        reason.getStyleClass().add("muted");
        reason.setMinWidth(0);
        HBox first = new HBox(6, kind, name);
        VBox texts = new VBox(1, first, reason);
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        fix(state, 128);
        action.getStyleClass().add("muted");
        fix(action, 262);
        fix(bytes, 76);
        bytes.setAlignment(Pos.CENTER_RIGHT);
        heading.getStyleClass().add("section-title");
        box = new HBox(12, state, texts, action, bytes);
        box.setAlignment(Pos.CENTER_LEFT);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(560);
        setPrefWidth(0);
    }

    private static void fix(Label label, double width) {
        label.setMinWidth(width);
        label.setPrefWidth(width);
        label.setMaxWidth(width);
    }

    @Override
    protected void updateItem(ObjectProperty<PlanEntry> entry, boolean empty) {
        super.updateItem(entry, empty);
        if (watched != null) {
            watched.removeListener(changed);
        }
        watched = empty ? null : entry;
        if (watched == null) {
            pseudoClassStateChanged(HEADING, false);
            setGraphic(null);
            setTooltip(null);
            return;
        }
        watched.addListener(changed);
        show(watched.get());
    }

    private void show(PlanEntry entry) {
        pseudoClassStateChanged(HEADING, entry instanceof PlanEntry.Heading);
        switch (entry) {
            case PlanEntry.Heading head -> {
                heading.setText(head.text().toUpperCase(java.util.Locale.ROOT));
                setAccessibleText(head.text());
                setTooltip(null);
                setGraphic(heading);
                return;
            }
            case PlanEntry.Victim victim -> victim(victim.step(), victim.result());
            case PlanEntry.Spared spared -> {
                state.show(
                        spared.state().map(StrayRow::look).orElse(StateStyle.OFF),
                        spared.state().map(word -> word.word()).orElse("left alone"));
                texts(
                        spared.kind(),
                        spared.name(),
                        spared.reason(),
                        "left alone",
                        spared.bytes() == 0 ? "" : Formats.bytes(spared.bytes()));
            }
        }
        setTooltip(tooltip);
        setGraphic(box);
    }

    private void victim(CleanupStep step, Optional<StepResult> result) {
        state.show(
                result.map(now -> Outcome.look(now.status())).orElseGet(() -> StrayRow.look(step.state())),
                result.map(Outcome::word).orElseGet(() -> step.state().word()));
        String tip = result.map(Outcome::tip).orElse("");
        String machines = step.machines().isEmpty() || step.machineNames().equals(List.of(step.name()))
                ? ""
                : step.machines().stream()
                        .map(InventoryItem.Machine::plainName)
                        .collect(Collectors.joining(", ", " · ", ""));
        texts(
                PlanEntry.kind(step.kind()),
                Texts.line(step.name() + machines),
                tip.isEmpty() ? Texts.line(step.reason()) : tip,
                Texts.line(step.how()),
                result.filter(now -> now.status() == StepResult.Status.DONE && now.regained() >= 0)
                        .map(now -> now.regained() == 0 ? "" : Formats.bytes(now.regained()))
                        .orElseGet(() -> step.bytes() == 0 ? "" : Formats.bytes(step.bytes())));
        boolean failed =
                result.map(now -> now.status() == StepResult.Status.FAILED).orElse(false);
        reason.pseudoClassStateChanged(FAILED, failed);
        // The cause and the next step need the room more than what was to be done.
        action.setManaged(!failed);
        action.setVisible(!failed);
    }

    private void texts(String kindWord, String nameText, String reasonText, String actionText, String bytesText) {
        kind.setText(kindWord);
        kind.setManaged(!kindWord.isEmpty());
        name.setText(nameText);
        reason.setText(reasonText);
        reason.pseudoClassStateChanged(FAILED, false);
        action.setText(actionText);
        action.setManaged(true);
        action.setVisible(true);
        bytes.setText(bytesText);
        tooltip.setText(nameText + "\n" + reasonText + "\n" + actionText);
        setAccessibleText(kindWord + " " + nameText + ", " + state.getText() + ", " + actionText + ", " + bytesText
                + ". " + reasonText);
    }
}
