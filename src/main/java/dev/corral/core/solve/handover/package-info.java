/** A machine handed over to an outside person: who may come in by which key until when, the gateway that lets them in, and what they did. */
@NullMarked
package dev.corral.core.solve.handover;

import org.jspecify.annotations.NullMarked;
