/** Read-only views of what hypervisors know, and the removal of what Vagrant has lost sight of. */
@NullMarked
package dev.corral.core.hypervisor;

import org.jspecify.annotations.NullMarked;
