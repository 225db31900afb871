/** Vagrantfiles with a fault each, and how soon whoever opens one knows it. */
@NullMarked
package dev.corral.broken;

import org.jspecify.annotations.NullMarked;
