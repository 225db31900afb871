/** The page of strays: what takes room on this machine, whose it is, why, and how it is had back. */
@NullMarked
package dev.corral.console.strays;

import org.jspecify.annotations.NullMarked;
