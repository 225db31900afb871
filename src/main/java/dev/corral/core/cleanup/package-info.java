/** Cleaning up: a plan that a person reads, made by a pure function of the inventory, and an execution that does exactly that plan. */
@NullMarked
package dev.corral.core.cleanup;

import org.jspecify.annotations.NullMarked;
