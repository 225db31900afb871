/** The process behind the Inspect plugin: the core, served over standard input and output. */
package dev.corral.bridge;
