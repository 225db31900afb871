package dev.corral.core.inventory;

import dev.corral.core.base.Subscription;
import java.util.function.Consumer;

/**
 * Keeps an inventory up to date without side effects: it watches files and asks hypervisors read-only questions, and
 * never starts Vagrant. Thread-safe.
 */
public interface InventoryMonitor extends AutoCloseable {

    /** The newest inventory; taken now if there is none yet. May read files, so never on the FX thread. */
    Inventory current();

    /** Takes a new inventory now, hypervisors included. Blocks. */
    Inventory refresh();

    /**
     * Calls {@code listener} with every new inventory that differs from the one before, on a thread of the monitor, and
     * once with the present one. Watching begins with the first listener and ends with the last.
     *
     * @return closes the subscription
     */
    Subscription subscribe(Consumer<Inventory> listener);

    /** Ends all watching. */
    @Override
    void close();
}
