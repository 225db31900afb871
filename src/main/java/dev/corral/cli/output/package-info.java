/** How the command line prints. */
package dev.corral.cli.output;
