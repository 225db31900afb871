/** Copies files to and from guests. */
package dev.corral.cli.copy;
