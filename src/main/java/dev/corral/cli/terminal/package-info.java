/** The terminal that the command line runs in. */
package dev.corral.cli.terminal;
