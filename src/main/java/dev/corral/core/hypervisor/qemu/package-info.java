/** VMs that a plain QEMU runs, without a daemon that could be asked. */
@NullMarked
package dev.corral.core.hypervisor.qemu;

import org.jspecify.annotations.NullMarked;
