/** Samples solved by hand one after another, the machine of the next one starting meanwhile. */
@NullMarked
package dev.corral.core.solve.batch;

import org.jspecify.annotations.NullMarked;
