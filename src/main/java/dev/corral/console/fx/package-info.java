/** The way to JavaFX's thread, and work away from it. */
@NullMarked
package dev.corral.console.fx;

import org.jspecify.annotations.NullMarked;
