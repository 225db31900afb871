/** libvirt through its virsh. */
package dev.corral.core.hypervisor.libvirt;
