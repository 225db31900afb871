/** Vagrant's index of machines, read and mended under its own lock. */
package dev.corral.core.vagrant.index;
