/** Kept connections to machines, by sandbox and machine. */
@NullMarked
package dev.corral.core.machine;

import org.jspecify.annotations.NullMarked;
