/** A machine handed over to an outside person: who may come in by which key until when, and what lets them in. */
@NullMarked
package dev.corral.core.solve.handover;

import org.jspecify.annotations.NullMarked;
