/**
 * A terminal for the window: {@link dev.corral.console.terminal.TerminalPane} over bytes from anywhere
 * ({@link dev.corral.console.terminal.TerminalConnector}). Only this package knows the emulator behind it, JediTermFX;
 * what that does wrong (keys, wheel, some sequences, its endless repaint timer) is put right here.
 */
@NullMarked
package dev.corral.console.terminal;

import org.jspecify.annotations.NullMarked;
