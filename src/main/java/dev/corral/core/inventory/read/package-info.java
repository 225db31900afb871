/** Reads and watches what an inventory is made of. */
@NullMarked
package dev.corral.core.inventory.read;

import org.jspecify.annotations.NullMarked;
