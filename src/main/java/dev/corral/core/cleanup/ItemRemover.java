package dev.corral.core.cleanup;

import dev.corral.core.inventory.InventoryItem;
import java.io.IOException;
import java.util.Objects;

/** Does what a step says to the item as it is now. */
public interface ItemRemover {

    /**
     * Does it and has it confirmed. Blocks until it is over.
     *
     * @return bytes measured to be free now that were not before, -1 when that could not be measured
     * @throws dev.corral.core.base.ExpectedFailure if something is left or could not be confirmed; the handle is kept then
     * @throws ItemChanged                     if the item turned out not to be what the step says any more
     */
    long carryOut(CleanupStep step, CleanupPlan plan, InventoryItem item) throws IOException, InterruptedException;

    /** The item is not what it was: somebody pinned it, its owner is there, or it is in use. */
    final class ItemChanged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message what is different now, a sentence */
        public ItemChanged(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }
}
