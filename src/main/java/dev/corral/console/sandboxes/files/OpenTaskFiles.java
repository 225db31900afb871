package dev.corral.console.sandboxes.files;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.sandboxes.SandboxesPage;
import dev.corral.console.settings.OpenedFiles;
import dev.corral.console.settings.StateFile;
import dev.corral.console.shared.Overlay;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opening and closing task files, and what of it the next window remembers: the open ones come back, the recent ones are offered. For
 * the FX thread.
 */
public final class OpenTaskFiles {
    private final SandboxesPage page;
    private final MessageCenter desk;
    private final StateFile<OpenedFiles> store;
    private final OpenDialog dialog;
    private volatile OpenedFiles files;

    /**
     * @param store where they are remembered
     * @param home  the user's home
     */
    public OpenTaskFiles(
            SandboxesPage page, MessageCenter desk, Overlay overlay, StateFile<OpenedFiles> store, Path home) {
        this.page = page;
        this.desk = desk;
        this.store = store;
        this.files = store.load().orElseGet(OpenedFiles::none);
        this.dialog = new OpenDialog(overlay, home, this::open);
        page.whenClosed(path -> remember(files.closed(path)));
        files.openPaths().forEach(page::open);
    }

    /** Opens a task file or folder, {@code file.py@task} for one task. */
    public void open(Path taskFile) {
        // One file has one row, however its path was written.
        Path whole = taskFile.toAbsolutePath().normalize();
        page.open(whole);
        remember(files.opened(whole));
    }

    /** Asks which one to open. */
    public void ask() {
        dialog.open(files.recentPaths(), Set.copyOf(page.opened()));
    }

    private void remember(OpenedFiles now) {
        files = now;
        Background.run(
                "task-files",
                () -> {
                    store.save(() -> files.with(store.load().orElseGet(OpenedFiles::none)));
                    return true;
                },
                saved -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }
}
