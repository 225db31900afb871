package dev.corral.console.strays.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;

/** Whether to remove, or only to shut down and keep for some days. */
final class KeepChoice extends FlowPane {
    private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30);
    private static final int USUAL = 7;

    private final RadioButton remove = new RadioButton("Destroy: VMs, disks and directories go");
    private final RadioButton keep = new RadioButton("Shut down and keep for");
    private final ComboBox<Integer> days = new ComboBox<>();

    /** @param chosen gets the days, or nothing when all is to be removed */
    KeepChoice(Consumer<Optional<Integer>> chosen) {
        super(22, 6);
        setRowValignment(javafx.geometry.VPos.CENTER);
        ToggleGroup group = new ToggleGroup();
        remove.setToggleGroup(group);
        keep.setToggleGroup(group);
        remove.setId("choice-destroy");
        keep.setId("choice-keep");
        remove.setSelected(true);
        days.getItems().setAll(DAYS);
        days.setValue(USUAL);
        days.setId("choice-days");
        days.setAccessibleText("For how many days");
        days.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer number) {
                return number == null ? "" : number == 1 ? "1 day" : number + " days";
            }

            @Override
            public Integer fromString(String text) {
                return Integer.valueOf(text.replaceAll("\\D", ""));
            }
        });
        remove.setOnAction(event -> chosen.accept(Optional.empty()));
        keep.setOnAction(event -> chosen.accept(Optional.of(days.getValue())));
        days.setOnAction(event -> {
            if (keep.isSelected()) {
                chosen.accept(Optional.of(days.getValue()));
            }
        });
        HBox kept = new HBox(8, keep, days);
        kept.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(remove, kept);
    }

    /** Marks what a plan was made for. */
    void show(Optional<Instant> until) {
        (until.isPresent() ? keep : remove).setSelected(true);
    }
}
