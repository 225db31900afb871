/** Evals and samples of task files that have not run. */
@NullMarked
package dev.corral.core.inspect.tasks;

import org.jspecify.annotations.NullMarked;
