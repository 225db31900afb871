/** What every part of the core uses: expected failures, JSON, the environment, and files that are safe to read and write. */
@NullMarked
package dev.corral.core.base;

import org.jspecify.annotations.NullMarked;
