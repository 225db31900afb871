/** What a guest prints, before it reaches the emulator. */
@NullMarked
package dev.corral.console.terminal.output;

import org.jspecify.annotations.NullMarked;
