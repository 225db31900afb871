package dev.corral.console.replay;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** A recording that is played, or why it can't be. For the FX thread. */
public final class ReplayView extends BorderPane implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReplayView.class.getName());

    private boolean dark;
    private boolean closed;
    private boolean focusWanted;
    private @Nullable Recording recording;
    private @Nullable ReplayPlayer player;

    /** Opens the file away from this thread. */
    public ReplayView(Path file, boolean dark) {
        this.dark = dark;
        getStyleClass().add("replay-view");
        Label opening = new Label("Opening the recording");
        opening.getStyleClass().add("muted");
        setCenter(opening);
        Background.run("recording-open", () -> open(file), this::opened, this::failed);
    }

    private static Recording open(Path file) throws IOException {
        try {
            return Recording.open(file);
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound("The recording is not there any more: " + file, "Open another one.");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The recording can't be read: " + e.getMessage(), "Check its permissions: " + file, e);
        }
    }

    private void opened(Recording now) {
        recording = now;
        if (closed) {
            end(now);
            return;
        }
        ReplayPlayer made = new ReplayPlayer(now, theme(), this::failed);
        player = made;
        setCenter(made);
        if (focusWanted) {
            made.requestFocus();
        }
    }

    private void failed(Throwable failure) {
        Problem problem = Problem.of(failure);
        setCenter(new EmptyState(MaterialDesignF.FILE_ALERT_OUTLINE, problem.sentence(), problem.nextStep()));
    }

    private TerminalTheme theme() {
        return dark ? TerminalTheme.DARK : TerminalTheme.LIGHT;
    }

    /** The window is dark now, or light. */
    public void setDark(boolean now) {
        dark = now;
        if (player != null) {
            player.setTheme(theme());
        }
    }

    @Override
    public void requestFocus() {
        focusWanted = true;
        if (player == null) {
            super.requestFocus();
        } else {
            player.requestFocus();
        }
    }

    /** Ends the player. */
    @Override
    public void close() {
        closed = true;
        if (player != null) {
            player.close();
        }
        if (recording != null) {
            end(recording);
        }
    }

    private static void end(Recording recording) {
        Background.run(
                "recording-close",
                () -> {
                    recording.close();
                    return recording;
                },
                done -> LOG.log(Level.FINE, "closed {0}", done.file()),
                failure -> LOG.log(Level.WARNING, "a recording was not closed well", failure));
    }
}
