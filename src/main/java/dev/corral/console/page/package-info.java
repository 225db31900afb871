/** Pages, and the actions, keys and palette that reach them. */
@NullMarked
package dev.corral.console.page;

import org.jspecify.annotations.NullMarked;
