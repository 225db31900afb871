/** Sandboxes on disk: store, manifest, owner, lock and journal. */
package dev.corral.core.sandbox;
