package dev.corral.core.cleanup;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.index.MachineIndex;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The backups of the machine indexes of all Vagrant homes that are in use here. */
public final class LocalIndexHistory implements IndexHistory {
    // <home>/data/machine-index/<backup>
    private static final int BELOW_HOME = 3;

    private final Vagrant vagrant;
    private final InventoryMonitor monitor;

    public LocalIndexHistory(Vagrant vagrant, InventoryMonitor monitor) {
        this.vagrant = vagrant;
        this.monitor = monitor;
    }

    @Override
    public List<Path> backups() {
        List<Path> backups = new ArrayList<>();
        for (Path home : homes()) {
            try {
                backups.addAll(MachineIndex.backups(home));
            } catch (IOException e) {
                throw ExpectedFailure.failed(
                        "The backups of Vagrant's machine index in " + home + " can't be read.",
                        "Give yourself access to it.",
                        e);
            }
        }
        backups.sort(Comparator.comparing((Path backup) -> backup.getFileName().toString())
                .reversed());
        return backups;
    }

    @Override
    public int restore(Path backup) {
        Path absolute = backup.toAbsolutePath().normalize();
        if (!backups().contains(absolute)) {
            throw ExpectedFailure.notFound(
                    "There is no backup of Vagrant's machine index at " + backup + ".",
                    "corral prune --undo takes the newest one.");
        }
        Path home = absolute;
        for (int i = 0; i < BELOW_HOME; i++) {
            home = Objects.requireNonNull(home.getParent());
        }
        return MachineIndex.restore(home, absolute);
    }

    private Set<Path> homes() {
        Set<Path> homes =
                new LinkedHashSet<>(Set.of(vagrant.home().toAbsolutePath().normalize()));
        monitor.current().sandboxes().forEach(view -> view.manifest()
                .map(Manifest::context)
                .map(context -> context.environment().get("VAGRANT_HOME"))
                .ifPresent(home -> {
                    try {
                        homes.add(Path.of(home).toAbsolutePath().normalize());
                    } catch (InvalidPathException e) {
                        // A manifest that somebody edited names no folder.
                        return;
                    }
                }));
        return homes;
    }
}
