/** Task files that are open. */
package dev.corral.console.sandboxes.files;
