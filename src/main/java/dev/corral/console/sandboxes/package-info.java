/** The home page: evals, samples and VMs in one tree, and the details of the chosen row. */
@NullMarked
package dev.corral.console.sandboxes;

import org.jspecify.annotations.NullMarked;
