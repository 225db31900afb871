/** Everything that takes time and changes something: starts, destroys and the other verbs, each journaled, with one ending. */
@NullMarked
package dev.corral.core.operation;

import org.jspecify.annotations.NullMarked;
