package dev.corral.console.replay;

import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.LatestValue;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.recording.replay.Frame;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.PlayClock;
import dev.corral.core.recording.replay.Recording;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** Screen, controls and list of places of a recording that is open. For the FX thread. */
final class ReplayPlayer extends BorderPane implements AutoCloseable {
    private static final long STEP = 5_000_000;
    private static final long LEAP = 60_000_000;
    private static final long USUAL_PAUSE = 2_000_000;
    /** A mark that was just passed is the one that somebody wants to leave. */
    private static final long JUST_PASSED = 1_000_000;

    private static final long BETWEEN_FRAMES_NS = 33_000_000;

    private final Recording recording;
    private final PlayClock clock = new PlayClock(System::nanoTime);
    private final ScreenCanvas screen;
    private final ReplayControls controls = new ReplayControls(this);
    private final ReplaySide side;
    private final FrameSource source;
    private final AnimationTimer timer = new AnimationTimer() {
        private long last;

        @Override
        public void handle(long now) {
            if (now - last >= BETWEEN_FRAMES_NS) {
                last = now;
                tick();
            }
        }
    };
    private @Nullable Frame shown;
    private boolean skips;
    private boolean closed;

    ReplayPlayer(Recording recording, TerminalTheme theme, Consumer<Throwable> failed) {
        this.recording = recording;
        this.screen = new ScreenCanvas(theme);
        this.side = new ReplaySide(recording, this::go);
        LatestValue<Frame> frames = new LatestValue<>(this::show);
        this.source = new FrameSource(recording, frames, failure -> FxThread.run(() -> failed.accept(failure)));
        setCenter(screen);
        setRight(side);
        setBottom(controls);
        setMinSize(0, 0);
        screen.setOnMousePressed(event -> screen.requestFocus());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        var _ = recording
                .read()
                .whenComplete((nothing, failure) -> FxThread.run(() -> {
                    if (failure != null) {
                        failed.accept(failure);
                    } else if (!closed) {
                        allRead();
                    }
                }));
        tick();
    }

    private void allRead() {
        clock.end(recording.readTo());
        if (skips) {
            clock.skip(recording.pauses(USUAL_PAUSE));
        }
        List<Mark> marks = recording.marks();
        side.showMarks(marks);
        controls.showMarks(marks, recording.readTo());
        tick();
    }

    private void show(Frame frame) {
        shown = frame;
        screen.show(frame);
    }

    private void tick() {
        long at = clock.at();
        boolean read = recording.read().isDone();
        if (read && clock.playing() && at >= recording.readTo()) {
            clock.play(false);
        }
        if (!clock.playing()) {
            timer.stop();
        }
        source.want(at);
        side.showAt(at);
        controls.show(at, recording.readTo(), read, clock.playing(), clock.speed(), skips);
    }

    void toggle() {
        clock.play(!clock.playing());
        if (clock.playing()) {
            timer.start();
        }
        tick();
    }

    void go(long micros) {
        clock.go(micros);
        tick();
    }

    void speed(double times) {
        clock.speed(times);
        tick();
    }

    void skip(boolean on) {
        skips = on;
        clock.skip(on ? recording.pauses(USUAL_PAUSE) : Pauses.none());
        tick();
    }

    void mark(int by) {
        long at = clock.at();
        recording.marks().stream()
                .filter(mark -> by > 0 ? mark.micros() > at : mark.micros() < at - JUST_PASSED)
                .reduce((first, second) -> by > 0 ? first : second)
                .ifPresent(mark -> go(mark.micros()));
    }

    /** The screen as text. */
    String text() {
        return shown == null ? "" : shown.text();
    }

    Recording recording() {
        return recording;
    }

    private void pressed(KeyEvent event) {
        if (event.isShortcutDown()) {
            if (event.getCode() == KeyCode.F) {
                side.focusSearch();
                event.consume();
            }
            return;
        }
        if (event.getTarget() instanceof TextInputControl || event.isAltDown()) {
            return;
        }
        long leap = event.isShiftDown() ? LEAP : STEP;
        switch (event.getCode()) {
            case SPACE -> toggle();
            case LEFT -> go(clock.at() - leap);
            case RIGHT -> go(clock.at() + leap);
            case HOME -> go(0);
            case END -> go(recording.readTo());
            case PLUS, EQUALS, ADD -> speed(clock.speed() * 2);
            case MINUS, SUBTRACT -> speed(clock.speed() / 2);
            case N -> mark(1);
            case P -> mark(-1);
            case I -> skip(!skips);
            case SLASH -> side.focusSearch();
            default -> {
                return;
            }
        }
        event.consume();
    }

    void setTheme(TerminalTheme theme) {
        screen.setTheme(theme);
    }

    @Override
    public void requestFocus() {
        screen.requestFocus();
    }

    @Override
    public void close() {
        closed = true;
        timer.stop();
        side.close();
        source.close();
    }
}
