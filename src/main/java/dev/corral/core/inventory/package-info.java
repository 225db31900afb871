/** What exists, at one moment: immutable views of sandboxes, machines and items. */
@NullMarked
package dev.corral.core.inventory;

import org.jspecify.annotations.NullMarked;
