/** What terminals showed, kept as asciicast files: written while they run, read again for replay, search and export. */
@NullMarked
package dev.corral.core.recording;

import org.jspecify.annotations.NullMarked;
