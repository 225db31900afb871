/** The attempts of people and models at a sample or task, side by side. */
@NullMarked
package dev.corral.console.solve.attempts;

import org.jspecify.annotations.NullMarked;
