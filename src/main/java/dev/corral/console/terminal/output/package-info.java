/** What a guest prints, before it reaches the emulator. */
package dev.corral.console.terminal.output;
