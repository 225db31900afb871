package dev.corral.core.cleanup;

import dev.corral.core.inventory.Inventory;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inventories that were taken after they were asked for. Steps that ask at the same time share one look, as long as it
 * begins after all of them asked.
 */
final class FreshLooks {
    private final Supplier<Inventory> look;
    private final Object looking = new Object();
    private long begun;
    private long finished;
    private @Nullable Inventory newest;

    FreshLooks(Supplier<Inventory> look) {
        this.look = look;
    }

    /** An inventory whose taking began after this call. Blocks. */
    Inventory take() {
        long wanted;
        synchronized (this) {
            wanted = begun + 1;
        }
        synchronized (looking) {
            synchronized (this) {
                if (finished >= wanted) {
                    return Objects.requireNonNull(newest);
                }
                begun++;
            }
            Inventory taken = look.get();
            synchronized (this) {
                finished = begun;
                newest = taken;
            }
            return taken;
        }
    }
}
