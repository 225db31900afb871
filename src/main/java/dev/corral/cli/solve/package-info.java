/** Samples solved by hand, from the command line. */
@NullMarked
package dev.corral.cli.solve;

import org.jspecify.annotations.NullMarked;
