/** libvirt through its virsh. */
@NullMarked
package dev.corral.core.hypervisor.libvirt;

import org.jspecify.annotations.NullMarked;
