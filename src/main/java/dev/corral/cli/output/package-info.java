/** How the command line prints. */
@NullMarked
package dev.corral.cli.output;

import org.jspecify.annotations.NullMarked;
