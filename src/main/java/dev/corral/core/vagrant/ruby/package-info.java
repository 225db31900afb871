/** The Ruby that runs Vagrant, used for itself: it knows the language better than we do. */
@NullMarked
package dev.corral.core.vagrant.ruby;

import org.jspecify.annotations.NullMarked;
