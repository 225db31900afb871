/** What finished logs of Inspect say. */
@NullMarked
package dev.corral.core.inspect.log;

import org.jspecify.annotations.NullMarked;
