/** Runs of Inspect that are under way. */
@NullMarked
package dev.corral.core.inspect.runs;

import org.jspecify.annotations.NullMarked;
