package dev.corral.console;

import dev.corral.console.page.Reveal;
import dev.corral.console.page.WhatToOpen;
import dev.corral.core.app.Corral;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The application: makes the core beside the toolkit's start, then shows the window. */
public final class CorralApp extends Application {
    private MainWindow window;
    private @Nullable Corral corral;
    private List<Reveal> opened = List.of();

    @Override
    public void init() {
        // On the launcher's thread, not on the FX thread.
        corral = Console.launch().corral().get();
        opened = Console.launch().files().stream().map(WhatToOpen::of).toList();
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
        opened.forEach(window::open);
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
