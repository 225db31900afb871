/** Corral: a console for Vagrant VMs that Inspect uses as sandboxes. */
@NullMarked
package dev.corral;

import org.jspecify.annotations.NullMarked;
