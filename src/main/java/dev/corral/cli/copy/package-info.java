/** Copies files to and from guests. */
@NullMarked
package dev.corral.cli.copy;

import org.jspecify.annotations.NullMarked;
