/** Samples that are rated by hand with a rubric, in the window: who rates sees letters, not who solved them. */
@NullMarked
package dev.corral.console.solve.rating;

import org.jspecify.annotations.NullMarked;
