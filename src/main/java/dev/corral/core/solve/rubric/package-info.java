/** Samples rated by hand with a rubric, by people who do not see who solved them, and the history of what was rated. */
@NullMarked
package dev.corral.core.solve.rubric;

import org.jspecify.annotations.NullMarked;
