/** Recordings that the program script made in a guest, as Inspect's human agent keeps them. */
@NullMarked
package dev.corral.core.recording.script;

import org.jspecify.annotations.NullMarked;
