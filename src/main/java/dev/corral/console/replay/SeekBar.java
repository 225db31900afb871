package dev.corral.console.replay;

import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.scene.control.Slider;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Where in a recording it stands, with its places above the track. For the FX thread. */
final class SeekBar extends StackPane {
    /** More would be a grey bar. */
    private static final int MOST = 300;

    private static final double THUMB = 8;
    private static final double WIDTH = 2;
    private static final double HEIGHT = 7;

    private final Slider slider = new Slider(0, 1, 0);
    private final Pane places = new Pane() {
        @Override
        protected void layoutChildren() {
            placeAll();
        }
    };
    private final List<Mark> marks = new ArrayList<>();
    private long length;
    private boolean showing;

    SeekBar(LongConsumer go) {
        slider.setId("replay-seek");
        slider.getStyleClass().add("small");
        slider.setAccessibleText("Place in the recording");
        slider.setFocusTraversable(true);
        slider.valueProperty().addListener((all, before, now) -> {
            if (!showing) {
                go.accept((long) (now.doubleValue() * 1e6));
            }
        });
        places.setMouseTransparent(true);
        getChildren().addAll(slider, places);
    }

    void show(long at, long end) {
        // While somebody drags it, it stands where the hand is.
        if (slider.isValueChanging()) {
            return;
        }
        showing = true;
        slider.setMax(Math.max(end, 1) / 1e6);
        slider.setBlockIncrement(5);
        slider.setValue(at / 1e6);
        slider.setAccessibleHelp(Times.clock(at));
        showing = false;
    }

    void showMarks(List<Mark> all, long end) {
        marks.clear();
        // What a person said is worth more than a command.
        all.stream()
                .filter(mark -> mark.kind() != Mark.Kind.COMMAND)
                .limit(MOST)
                .forEach(marks::add);
        all.stream()
                .filter(mark -> mark.kind() == Mark.Kind.COMMAND)
                .limit(Math.max(0, MOST - marks.size()))
                .forEach(marks::add);
        length = end;
        places.getChildren().clear();
        for (Mark mark : marks) {
            Region line = new Region();
            line.getStyleClass().add("replay-mark");
            if (mark.kind() != Mark.Kind.COMMAND) {
                line.getStyleClass().add(mark.kind() == Mark.Kind.SCORE ? "replay-mark-score" : "replay-mark-note");
            }
            places.getChildren().add(line);
        }
        places.requestLayout();
    }

    private void placeAll() {
        double width = places.getWidth() - 2 * THUMB;
        for (int i = 0; i < marks.size(); i++) {
            double x = THUMB + width * marks.get(i).micros() / Math.max(1, length);
            places.getChildren().get(i).resizeRelocate(x - WIDTH / 2, 0, WIDTH, HEIGHT);
        }
    }
}
