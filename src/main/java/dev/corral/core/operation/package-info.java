/** Everything that takes time and changes something: starts, destroys and the other verbs, each journaled, with one ending. */
package dev.corral.core.operation;
