/** Golden runs in the window: made of sessions, and replayed. */
@NullMarked
package dev.corral.console.solve.golden;

import org.jspecify.annotations.NullMarked;
