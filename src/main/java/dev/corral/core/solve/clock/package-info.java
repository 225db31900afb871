/** The clock of a session of manual solving: computed from its journal alone. */
@NullMarked
package dev.corral.core.solve.clock;

import org.jspecify.annotations.NullMarked;
