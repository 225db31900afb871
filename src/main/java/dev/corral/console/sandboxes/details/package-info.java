/** Everything about the chosen row. */
package dev.corral.console.sandboxes.details;
