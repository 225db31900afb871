/** What a session of manual solving left on disk: its directory, and a journal of what happened. */
@NullMarked
package dev.corral.core.solve.journal;

import org.jspecify.annotations.NullMarked;
