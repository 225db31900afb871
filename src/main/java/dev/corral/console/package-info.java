/** The window: its parts and how they are tied together. */
@NullMarked
package dev.corral.console;

import org.jspecify.annotations.NullMarked;
