/** Samples solved one after another, in the window. */
@NullMarked
package dev.corral.console.solve.batch;

import org.jspecify.annotations.NullMarked;
