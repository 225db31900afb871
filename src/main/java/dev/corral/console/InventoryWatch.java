package dev.corral.console;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.LatestValue;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Subscription;
import dev.corral.core.inventory.Inventory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the inventory: each one is prepared away from the FX thread and shown on it, only the newest if they come fast. */
final class InventoryWatch implements AutoCloseable {
    private final Corral corral;
    private @Nullable Subscription subscription;
    private boolean closed;

    /** An inventory, and what shows it. */
    private record Prepared(Inventory inventory, Runnable show) {}

    InventoryWatch(Corral corral) {
        this.corral = corral;
    }

    /**
     * Begins. On the FX thread.
     *
     * @param prepare makes what is shown of an inventory; away from the FX thread
     * @param shown   is told on the FX thread when that has been shown
     * @param failed  is told on the FX thread that nothing can be watched
     */
    void begin(Function<Inventory, Runnable> prepare, Consumer<Inventory> shown, Consumer<Throwable> failed) {
        LatestValue<Prepared> hop = new LatestValue<>(prepared -> {
            prepared.show().run();
            shown.accept(prepared.inventory());
        });
        Background.run(
                "watch",
                () -> corral.inventory().subscribe(seen -> hop.accept(new Prepared(seen, prepare.apply(seen)))),
                made -> {
                    subscription = made;
                    if (closed) {
                        made.close();
                    }
                },
                failed);
    }

    /** Ends it; on the FX thread. */
    @Override
    public void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }
}
