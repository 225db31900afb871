/** The failures of Vagrant that are known, and what is done about each. */
@NullMarked
package dev.corral.core.vagrant.failure;

import org.jspecify.annotations.NullMarked;
