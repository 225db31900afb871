/** Read-only views of what hypervisors know, and the removal of what Vagrant has lost sight of. */
package dev.corral.core.hypervisor;
