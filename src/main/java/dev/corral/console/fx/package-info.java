/** The way to JavaFX's thread, and work away from it. */
package dev.corral.console.fx;
