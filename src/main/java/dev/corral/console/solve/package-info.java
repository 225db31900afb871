/** The page on which a sample is solved by hand. */
@NullMarked
package dev.corral.console.solve;

import org.jspecify.annotations.NullMarked;
