/** The code of a sandbox against the files that it was copied from. */
@NullMarked
package dev.corral.cli.code;

import org.jspecify.annotations.NullMarked;
