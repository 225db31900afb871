/** Inspect's own viewer of logs. */
@NullMarked
package dev.corral.core.inspect.view;

import org.jspecify.annotations.NullMarked;
