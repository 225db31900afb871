/** The core as one thing, and where it is put together. */
@NullMarked
package dev.corral.core.app;

import org.jspecify.annotations.NullMarked;
