/** Recordings as something else: text, one file, a table of commands. */
@NullMarked
package dev.corral.core.recording.export;

import org.jspecify.annotations.NullMarked;
