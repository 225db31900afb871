/** A session's machine handed over to somebody outside: the form, what they are given, and what is handed over already. */
@NullMarked
package dev.corral.console.solve.handover;

import org.jspecify.annotations.NullMarked;
