/** Evals and samples of task files that have not run. */
package dev.corral.core.inspect.tasks;
