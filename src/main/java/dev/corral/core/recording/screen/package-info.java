/** A terminal's screen without a window: what a recording showed at a moment, as cells. */
@NullMarked
package dev.corral.core.recording.screen;

import org.jspecify.annotations.NullMarked;
