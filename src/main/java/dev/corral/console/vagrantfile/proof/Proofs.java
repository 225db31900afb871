package dev.corral.console.vagrantfile.proof;

import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The newest clean start of each Vagrantfile. All are judged, whichever file is open, so that the sandbox of a good one goes in any case.
 * For the FX thread.
 */
public final class Proofs {
    private final Map<Path, Proof> newest = new HashMap<>();
    private final Destroying destroying;
    private final Runnable changed;

    /** Destroys sandboxes. */
    public interface Destroying {
        /** Destroys one without a question; {@code ended} hears once, on the FX thread, whether it is gone. */
        void destroy(String sandbox, Consumer<Boolean> ended);
    }

    /** @param changed told when the destroy of a sandbox has ended */
    public Proofs(Destroying destroying, Runnable changed) {
        this.destroying = destroying;
        this.changed = changed;
    }

    /** One of this file has begun; what was proven of it before is forgotten. */
    public void begun(Path file, String sandbox, Instant now) {
        newest.put(file, Proof.begun(sandbox, now));
    }

    /** That of a file, if there was one. */
    public Optional<Proof> of(Optional<Path> file) {
        return file.map(newest::get);
    }

    /** Looks at what has come of them. */
    public void look(Inventory inventory) {
        for (Path file : List.copyOf(newest.keySet())) {
            Proof before = newest.get(file);
            if (before != null) {
                look(file, before, inventory);
            }
        }
    }

    private void look(Path file, Proof before, Inventory inventory) {
        Optional<SandboxView> view = Stream.concat(inventory.sandboxes().stream(), inventory.ended().stream())
                .filter(one -> one.id().equals(before.sandbox()))
                .findFirst();
        Proof now = before.after(view);
        newest.put(file, now);
        if (before.state() == Proof.State.RUNNING && now.state() == Proof.State.DESTROYING) {
            destroying.destroy(now.sandbox(), gone -> destroyed(file, now.sandbox(), gone));
        }
    }

    private void destroyed(Path file, String sandbox, boolean gone) {
        newest.computeIfPresent(file, (path, proof) -> proof.sandbox().equals(sandbox) ? proof.destroyed(gone) : proof);
        changed.run();
    }
}
