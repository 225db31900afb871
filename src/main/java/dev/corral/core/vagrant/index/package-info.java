/** Vagrant's index of machines, read and mended under its own lock. */
@NullMarked
package dev.corral.core.vagrant.index;

import org.jspecify.annotations.NullMarked;
