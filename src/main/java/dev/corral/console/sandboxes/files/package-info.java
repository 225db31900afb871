/** Task files that are open. */
@NullMarked
package dev.corral.console.sandboxes.files;

import org.jspecify.annotations.NullMarked;
