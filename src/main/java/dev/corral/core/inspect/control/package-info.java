/** What a run of Inspect tells of itself, and lets be done, over its control channel. */
@NullMarked
package dev.corral.core.inspect.control;

import org.jspecify.annotations.NullMarked;
