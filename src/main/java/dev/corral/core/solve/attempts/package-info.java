/** Attempts at samples side by side: people and models. */
@NullMarked
package dev.corral.core.solve.attempts;

import org.jspecify.annotations.NullMarked;
