/** Recordings while they are looked at: moments, places that matter, pauses, text. */
@NullMarked
package dev.corral.core.recording.replay;

import org.jspecify.annotations.NullMarked;
