/** The process behind the Inspect plugin: the core, served over standard input and output. */
@NullMarked
package dev.corral.bridge;

import org.jspecify.annotations.NullMarked;
