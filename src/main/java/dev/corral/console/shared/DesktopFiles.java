package dev.corral.console.shared;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks with the desktop's own dialogs, which open where the last one ended. For the FX thread. */
public final class DesktopFiles implements FileChoice {
    private final Supplier<@Nullable Scene> scene;
    private Optional<File> last = Optional.empty();

    /** @param scene in whose window it is asked */
    public DesktopFiles(Supplier<@Nullable Scene> scene) {
        this.scene = scene;
    }

    @Override
    public Optional<Path> save(String title, String name) {
        FileChooser chooser = files(title);
        chooser.setInitialFileName(name);
        return chosen(chooser.showSaveDialog(window()));
    }

    @Override
    public Optional<Path> open(String title, String kind, String ending) {
        FileChooser chooser = files(title);
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(kind, ending),
                        new FileChooser.ExtensionFilter("All files", "*"));
        return chosen(chooser.showOpenDialog(window()));
    }

    @Override
    public Optional<Path> folder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        last.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional<File> folder = Optional.ofNullable(chooser.showDialog(window()));
        folder.ifPresent(found -> last = Optional.of(found));
        return folder.map(File::toPath);
    }

    private FileChooser files(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        last.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return chooser;
    }

    private Optional<Path> chosen(@Nullable File file) {
        if (file != null) {
            last = Optional.ofNullable(file.getParentFile());
        }
        return Optional.ofNullable(file).map(File::toPath);
    }

    private @Nullable Window window() {
        Scene shown = scene.get();
        return shown == null ? null : shown.getWindow();
    }
}
