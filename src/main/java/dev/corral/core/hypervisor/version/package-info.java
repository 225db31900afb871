/** Which versions of hypervisors there are. */
@NullMarked
package dev.corral.core.hypervisor.version;

import org.jspecify.annotations.NullMarked;
