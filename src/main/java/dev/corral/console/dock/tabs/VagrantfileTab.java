package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.page.Action;
import dev.corral.console.settings.SavedTab;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;

/** A Vagrantfile. */
final class VagrantfileTab extends DockTab {
    static final String KIND = "vagrantfile";

    private static final int PATH_MOST = 90;

    private final Path file;
    private final VagrantfileView view;
    private boolean loaded;

    VagrantfileTab(Path file, String title, Path home) {
        super(KIND, file.toString(), Action.VAGRANTFILE.icon(), title, Texts.line(file.toString()));
        this.file = file;
        this.view = new VagrantfileView(file, Formats.middle(Texts.line(Formats.path(file, home)), PATH_MOST));
    }

    /** The one that was kept. */
    static VagrantfileTab of(SavedTab saved, Path home) {
        return new VagrantfileTab(saved.paths().getFirst(), Texts.line(saved.title()), home);
    }

    /** Reads the file again and marks a line; 0 marks none. */
    void load(int line) {
        loaded = true;
        view.load(line);
    }

    /** Shows what was read of the file earlier. */
    void load(String read) {
        loaded = true;
        view.load(read);
    }

    @Override
    public Node content() {
        return view;
    }

    @Override
    public void shown() {
        if (!loaded) {
            load(0);
        }
    }

    @Override
    public Optional<SavedTab> saved() {
        return Optional.of(new SavedTab(KIND, key(), title().get(), "", List.of(file.toString())));
    }
}
