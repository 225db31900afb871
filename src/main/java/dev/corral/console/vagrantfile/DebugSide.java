package dev.corral.console.vagrantfile;

import dev.corral.console.page.PageContext;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.scene.Node;

/** What stands beside the editor: the machines of the Vagrantfile that is edited. For the FX thread, but for {@link #prepare}. */
public interface DebugSide {

    /** Makes one from the page's surroundings and a way to a line, from 1, of a file; empty leaves the width to the editor. */
    interface Maker extends BiFunction<PageContext, BiConsumer<Path, Integer>, Optional<DebugSide>> {}

    /** What it shows. */
    Node node();

    /** This Vagrantfile is edited now. */
    void opened(Path vagrantfile);

    /** This Vagrantfile is opened for a sample, whose run gives these variables to Vagrant. */
    default void openedFor(Path vagrantfile, String sample, Map<String, String> variables) {}

    /** This file, the Vagrantfile or one that it reads, was saved, here or by somebody else. */
    void saved(Path file);

    /** Shows what a line, from 1, of a file means. */
    default void means(Path file, int line) {}

    /** The copy of this file in the sandbox that is shown; empty where none is, or the sandbox's own is edited. */
    default Optional<Path> copy(Path file) {
        return Optional.empty();
    }

    /** Tells each answer of Vagrant's about the file that was opened last; empty when there is none yet. */
    default void whenRead(Consumer<Optional<Resolution>> told) {}

    /** As {@link dev.corral.console.page.PageView#prepare}. */
    default Runnable prepare(Inventory inventory) {
        return () -> {};
    }

    /** Ends what runs in the background. May be called twice. */
    void close();
}
