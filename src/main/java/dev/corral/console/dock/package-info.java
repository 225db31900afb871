/** Terminals, logs, Vagrantfiles and running work below the pages. */
package dev.corral.console.dock;
