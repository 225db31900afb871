/** Samples solved by hand: the run of Inspect that they are, what is asked of its human agent, and what is kept outside of it. */
@NullMarked
package dev.corral.core.solve;

import org.jspecify.annotations.NullMarked;
