/** Joins what the layers told into items with one state each. Pure. */
@NullMarked
package dev.corral.core.inventory.items;

import org.jspecify.annotations.NullMarked;
