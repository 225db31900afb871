/** The terminal that the command line runs in. */
@NullMarked
package dev.corral.cli.terminal;

import org.jspecify.annotations.NullMarked;
