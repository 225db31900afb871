package dev.corral.console.vagrantfile.machines;

import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In which sandbox the Vagrantfile runs that is open: the one that was chosen, else the newest, but for those that only prove something.
 * For one thread.
 */
final class Sandboxes {
    private final Set<String> aside = new HashSet<>();
    private List<SandboxView> all = List.of();
    private List<SandboxView> stories = List.of();
    private Optional<Path> file = Optional.empty();
    private Optional<Inventory> newest = Optional.empty();
    private String chosen = "";
    private boolean seen;
    private boolean fresh;

    /** Another file is open; nothing is chosen any more. */
    void open(Optional<Path> vagrantfile) {
        file = vagrantfile;
        chosen = "";
        seen = false;
        fresh = false;
        look();
    }

    /** Takes a new inventory. */
    void inventory(Inventory inventory) {
        newest = Optional.of(inventory);
        look();
    }

    private void look() {
        all = file.isEmpty() || newest.isEmpty() ? List.of() : SandboxesOfFile.of(newest.get(), file.get());
        stories = file.isEmpty() || newest.isEmpty() ? List.of() : SandboxesOfFile.alsoEnded(newest.get(), file.get());
        boolean there = stories.stream().anyMatch(view -> view.id().equals(chosen));
        // One that has just begun is not in the inventory yet; one that was there and is gone is chosen no more.
        if (seen && !there) {
            chosen = "";
            seen = false;
        } else {
            seen = there;
        }
        if (chosen.isEmpty() && !fresh) {
            all.stream().filter(view -> !aside.contains(view.id())).findFirst().ifPresent(view -> {
                chosen = view.id();
                seen = true;
            });
        }
    }

    /** Chooses one; an empty id means the one that the next start makes. */
    void choose(String id) {
        chosen = id;
        fresh = id.isEmpty();
        seen = false;
        look();
    }

    /** Never chooses this one by itself. */
    void aside(String id) {
        aside.add(id);
    }

    /** Those that the file runs in, newest first. */
    List<SandboxView> all() {
        return all;
    }

    /** Those whose steps tell how long the same usually takes. */
    List<SandboxView> stories() {
        return stories;
    }

    /** The one that is chosen, as far as it exists. */
    Optional<SandboxView> current() {
        return all.stream().filter(view -> view.id().equals(chosen)).findFirst();
    }

    /** The same, or what is left of it: the story of a start that failed. */
    Optional<SandboxView> story() {
        return current().or(() -> stories.stream()
                .filter(view -> view.id().equals(chosen))
                .findFirst());
    }

    /** The one that is chosen and has not been seen yet; empty when there is none. */
    String awaited() {
        return seen ? "" : chosen;
    }

    /** A sandbox of this file by its id, whether it exists or ended. */
    Optional<SandboxView> find(String id) {
        return stories.stream().filter(view -> view.id().equals(id)).findFirst();
    }
}
