package dev.corral.console.vagrantfile.machines;

import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which sandboxes a Vagrantfile runs in. Pure. */
final class SandboxesOfFile {
    private SandboxesOfFile() {}

    /**
     * Those that were made from this file, and the one in whose directory it lies, newest first.
     *
     * @param file absolute, as a start names it
     */
    static List<SandboxView> of(Inventory inventory, Path file) {
        return inventory.sandboxes().stream()
                .filter(view -> is(view, file))
                .sorted(Comparator.comparing(SandboxView::createdAt).reversed())
                .toList();
    }

    /** All whose steps tell how long the same usually takes: starts that failed and were cleaned up as well. */
    static List<SandboxView> alsoEnded(Inventory inventory, Path file) {
        return Stream.concat(inventory.sandboxes().stream(), inventory.ended().stream())
                .filter(view -> is(view, file))
                .toList();
    }

    private static boolean is(SandboxView view, Path file) {
        return file.startsWith(view.directory())
                || view.manifest()
                        .map(manifest -> manifest.vagrantfile().equals(file.toString()))
                        .orElse(false);
    }
}
