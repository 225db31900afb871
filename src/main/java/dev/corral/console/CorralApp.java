package dev.corral.console;

import dev.corral.core.app.Corral;
import java.util.Objects;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The application: makes the core beside the toolkit's start, then shows the window. */
public final class CorralApp extends Application {
    private MainWindow window;
    private @Nullable Corral corral;

    @Override
    public void init() {
        // On the launcher's thread, not on the FX thread.
        corral = Console.launch().corral().get();
    }

    @Override
    public void start(Stage stage) {
        window = new MainWindow(
                Objects.requireNonNull(corral),
                stage,
                Console.launch().options(),
                directory -> getHostServices().showDocument(directory.toUri().toString()),
                WindowPages.ALL);
        window.browseWith(getHostServices()::showDocument);
        Console.launch().taskFiles().forEach(window::open);
        window.show();
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
        if (corral != null) {
            corral.close();
        }
    }
}
