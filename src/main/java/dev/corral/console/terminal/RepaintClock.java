package dev.corral.console.terminal;

import com.techsenger.jeditermfx.ui.TerminalPanel;
import dev.corral.console.fx.FxThread;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.util.Duration;

/**
 * Lets the emulator's repaint timer run only while there is something to draw. By itself it runs for ever, and an idle
 * window with one terminal would keep JavaFX drawing sixty times a second. The timer is private there, hence the one
 * reflective look at it.
 */
final class RepaintClock {
    private static final Duration QUIET = Duration.millis(300);

    private final Timeline timer;
    private final PauseTransition quiet = new PauseTransition(QUIET);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile boolean asked;
    private boolean visible = true;

    /** On JavaFX's thread, after the panel's init. */
    RepaintClock(TerminalPanel panel) {
        timer = timerOf(panel);
        quiet.setOnFinished(event -> afterQuiet());
        quiet.playFromStart();
    }

    /** Something is to be drawn; any thread, very often. */
    void ask() {
        asked = true;
        if (!running.get() && running.compareAndSet(false, true)) {
            FxThread.run(this::resume);
        }
    }

    /** While the terminal is in no window nothing is drawn. On JavaFX's thread. */
    void setVisible(boolean value) {
        visible = value;
        if (value) {
            ask();
        }
    }

    void stop() {
        quiet.stop();
        timer.stop();
        running.set(true);
    }

    boolean isRunning() {
        return timer.getStatus() == Animation.Status.RUNNING;
    }

    private void resume() {
        if (visible) {
            timer.play();
            quiet.playFromStart();
        } else {
            running.set(false);
        }
    }

    private void afterQuiet() {
        if (asked && visible) {
            asked = false;
            quiet.playFromStart();
            return;
        }
        timer.pause();
        running.set(false);
        if (asked && visible) {
            ask();
        }
    }

    private static Timeline timerOf(TerminalPanel panel) {
        try {
            return (Timeline) MethodHandles.privateLookupIn(TerminalPanel.class, MethodHandles.lookup())
                    .findGetter(TerminalPanel.class, "myRepaintTimeLine", Timeline.class)
                    .invoke(panel);
        } catch (Throwable e) {
            throw new IllegalStateException("the terminal library has changed: its repaint timer was not found", e);
        }
    }
}
