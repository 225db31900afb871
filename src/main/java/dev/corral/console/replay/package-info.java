/** The player of recordings. */
@NullMarked
package dev.corral.console.replay;

import org.jspecify.annotations.NullMarked;
