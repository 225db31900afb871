/** The cards above the list of strays: where the disk went, and what one click gives back. */
@NullMarked
package dev.corral.console.strays.cards;

import org.jspecify.annotations.NullMarked;
