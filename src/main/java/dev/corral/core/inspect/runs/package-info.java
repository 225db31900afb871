/** Runs of Inspect that are under way. */
package dev.corral.core.inspect.runs;
