/** The commands that show what takes room and give it back. */
@NullMarked
package dev.corral.cli.cleanup;

import org.jspecify.annotations.NullMarked;
