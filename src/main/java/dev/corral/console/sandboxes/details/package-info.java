/** Everything about the chosen row. */
@NullMarked
package dev.corral.console.sandboxes.details;

import org.jspecify.annotations.NullMarked;
