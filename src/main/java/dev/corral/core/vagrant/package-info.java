/** The only package that starts Vagrant; also reads Vagrant's output and files. */
@NullMarked
package dev.corral.core.vagrant;

import org.jspecify.annotations.NullMarked;
