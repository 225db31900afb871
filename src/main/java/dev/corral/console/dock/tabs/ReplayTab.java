package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.replay.ReplayView;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import javafx.scene.Node;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** A recording that is played. */
final class ReplayTab extends DockTab {
    static final String KIND = "replay";

    private static final int NAME_MOST = 24;

    private final ReplayView view;

    ReplayTab(Path file, boolean dark) {
        super(
                KIND,
                file.toAbsolutePath().toString(),
                MaterialDesignP.PLAY_BOX_OUTLINE,
                "Replay · " + Formats.middle(Texts.line(file.getFileName().toString()), NAME_MOST),
                Texts.line(file.toString()));
        this.view = new ReplayView(file, dark);
    }

    @Override
    public Node content() {
        return view;
    }

    @Override
    public void themed(boolean dark) {
        view.setDark(dark);
    }

    @Override
    public void close() {
        view.close();
    }
}
