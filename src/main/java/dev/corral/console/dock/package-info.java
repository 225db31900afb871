/** Terminals, logs, Vagrantfiles and running work below the pages. */
@NullMarked
package dev.corral.console.dock;

import org.jspecify.annotations.NullMarked;
