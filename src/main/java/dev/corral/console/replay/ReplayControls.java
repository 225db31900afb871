package dev.corral.console.replay;

import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Mark;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The row below a recording: where it stands, and what moves it. For the FX thread. */
final class ReplayControls extends VBox {
    private final ReplayPlayer player;
    private final SeekBar seek;
    private final Button play = new Button("Play", Icons.of(MaterialDesignP.PLAY));
    private final ChoiceBox<Double> speeds = new ChoiceBox<>();
    private final CheckBox skip = new CheckBox("Skip idle");
    private final Label time = new Label();
    private boolean showing;
    private boolean playing;

    ReplayControls(ReplayPlayer player) {
        super(4);
        this.player = player;
        this.seek = new SeekBar(player::go);
        getStyleClass().add("replay-controls");
        play.setId("replay-play");
        play.setMinWidth(84);
        play.setTooltip(new Tooltip("Play or pause  ·  Space"));
        play.setOnAction(event -> player.toggle());
        speeds.getItems().addAll(0.5, 1.0, 2.0, 4.0, 8.0, 16.0);
        speeds.setValue(1.0);
        speeds.setPrefWidth(84);
        speeds.setAccessibleText("Speed");
        speeds.setTooltip(new Tooltip("How fast it plays  ·  + and -"));
        speeds.setConverter(new Speed());
        speeds.valueProperty().addListener((all, before, now) -> {
            if (!showing && now != null) {
                player.speed(now);
            }
        });
        skip.setId("replay-skip");
        skip.setTooltip(new Tooltip("Cut pauses to 2 seconds  ·  I"));
        skip.selectedProperty().addListener((all, before, now) -> {
            if (!showing) {
                player.skip(now);
            }
        });
        time.setId("replay-time");
        time.getStyleClass().add("replay-time");
        time.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button copy = icon("replay-copy", "Copy screen", MaterialDesignC.CONTENT_COPY, this::copy);
        HBox row = new HBox(
                8,
                icon(
                        "replay-previous",
                        "Previous command or note  ·  P",
                        MaterialDesignS.SKIP_PREVIOUS,
                        () -> player.mark(-1)),
                play,
                icon("replay-next", "Next command or note  ·  N", MaterialDesignS.SKIP_NEXT, () -> player.mark(1)),
                speeds,
                skip,
                space,
                time,
                copy,
                new ExportMenu(player::recording));
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(seek, row);
    }

    private void copy() {
        Clipboards.copy(player.text());
    }

    private static Button icon(String id, String name, Ikon ikon, Runnable run) {
        Button button = new Button(null, Icons.of(ikon));
        button.setId(id);
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> run.run());
        return button;
    }

    void showMarks(List<Mark> marks, long length) {
        seek.showMarks(marks, length);
    }

    /** @param read whether all of it is read, so that the length is known */
    void show(long at, long length, boolean read, boolean plays, double speed, boolean skips) {
        showing = true;
        seek.show(at, Math.max(at, length));
        time.setText(Times.clock(at) + " / " + (read ? Times.clock(length) : "…"));
        if (plays != playing) {
            playing = plays;
            play.setText(plays ? "Pause" : "Play");
            play.setGraphic(Icons.of(plays ? MaterialDesignP.PAUSE : MaterialDesignP.PLAY));
        }
        speeds.setValue(speed);
        skip.setSelected(skips);
        showing = false;
    }

    private static final class Speed extends StringConverter<Double> {
        @Override
        public String toString(Double speed) {
            return speed == null ? "" : String.format(Locale.ROOT, speed < 1 ? "%.1f×" : "%.0f×", speed);
        }

        @Override
        public Double fromString(String text) {
            return Double.valueOf(text.replace("×", ""));
        }
    }
}
