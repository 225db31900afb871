/** Sandboxes on disk: store, manifest, owner, lock and journal. */
@NullMarked
package dev.corral.core.sandbox;

import org.jspecify.annotations.NullMarked;
