/** Recordings of terminals on the command line. */
@NullMarked
package dev.corral.cli.recording;

import org.jspecify.annotations.NullMarked;
