package dev.corral.console;

import dev.corral.core.app.Corral;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/** Opens the window. Not an Application itself, since the launcher on the class path must not be one. */
public final class Console {
    // JavaFX wakes for each frame though nothing changes, and on Linux can't pause that: 60 in a second are 0.8 % of a
    // core for a window
    // with nothing in it.
    private static final String FRAMES = "javafx.animation.pulse";
    private static final int FRAMES_PER_SECOND = 30;

    private Console() {}

    /** What the application needs; the toolkit makes the application itself, so it is handed over here. */
    record Launch(Supplier<Corral> corral, List<Path> files, WindowOptions options) {}

    private static volatile @Nullable Launch launch;

    /**
     * Opens the window and returns when it is closed. Once a process.
     *
     * @param corral  makes the core; called away from the FX thread and closed with the window
     * @param files   task files or folders of them to show, {@code file.py@task} for one task; Vagrantfiles to edit
     * @param options how the window opens
     */
    public static void launch(Supplier<Corral> corral, List<Path> files, WindowOptions options) {
        launch = new Launch(corral, List.copyOf(files), options);
        System.setProperty(FRAMES, System.getProperty(FRAMES, Integer.toString(FRAMES_PER_SECOND)));
        Application.launch(CorralApp.class);
    }

    static Launch launch() {
        return Objects.requireNonNull(launch);
    }
}
