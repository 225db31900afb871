package dev.corral.console.vagrantfile;

import dev.corral.console.page.PaletteItem;
import dev.corral.console.settings.OpenedFiles;
import dev.corral.console.settings.StateFile;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** Which files are open and which were: what the next window opens again and offers. For the FX thread. */
final class RecentFiles {
    private final StateFile<OpenedFiles> store;
    private final Executor elsewhere;
    private volatile OpenedFiles files;

    /** @param elsewhere where what blocks runs */
    RecentFiles(StateFile<OpenedFiles> store, Executor elsewhere) {
        this.store = store;
        this.elsewhere = elsewhere;
        files = store.load().orElseGet(OpenedFiles::none);
    }

    List<Path> open() {
        return files.openPaths();
    }

    List<Path> recent() {
        return files.recentPaths();
    }

    /** Those of the last times as entries of the palette. */
    List<PaletteItem> palette(Path home, Consumer<Path> open) {
        return recent().stream()
                .map(file -> new PaletteItem(
                        Texts.line(file.getFileName().toString()),
                        Texts.line(Formats.path(file, home)),
                        "",
                        MaterialDesignF.FILE_CODE_OUTLINE,
                        "",
                        () -> open.accept(file)))
                .toList();
    }

    void opened(Path file) {
        remember(files.opened(file));
    }

    void closed(Path file) {
        remember(files.closed(file));
    }

    private void remember(OpenedFiles now) {
        if (!now.equals(files)) {
            files = now;
            elsewhere.execute(() -> store.save(() -> files.with(store.load().orElseGet(OpenedFiles::none))));
        }
    }
}
