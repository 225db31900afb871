/** Runs of Inspect that Corral starts, and their logs afterwards. */
@NullMarked
package dev.corral.core.inspect.launch;

import org.jspecify.annotations.NullMarked;
