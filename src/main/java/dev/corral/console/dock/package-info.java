/** The dock below the pages: a row of tabs that knows nothing of what they show. */
@NullMarked
package dev.corral.console.dock;

import org.jspecify.annotations.NullMarked;
