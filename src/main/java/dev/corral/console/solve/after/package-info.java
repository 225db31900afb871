/** What is left of a session: its recordings and its log. */
@NullMarked
package dev.corral.console.solve.after;

import org.jspecify.annotations.NullMarked;
