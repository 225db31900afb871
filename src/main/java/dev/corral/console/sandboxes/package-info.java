/** The home page: evals, samples and VMs in one tree, and the details of the chosen row. */
package dev.corral.console.sandboxes;
