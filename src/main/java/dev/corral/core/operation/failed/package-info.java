/** The way to the place where a provisioner failed. */
@NullMarked
package dev.corral.core.operation.failed;

import org.jspecify.annotations.NullMarked;
