/** What the user asks of sandboxes, and what is told about it. */
@NullMarked
package dev.corral.console.work;

import org.jspecify.annotations.NullMarked;
