/** Corral: a console for Vagrant VMs that Inspect uses as sandboxes. */
package dev.corral;
