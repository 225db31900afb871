/** The command line: data on standard output, messages on standard error, honest exit codes. */
package dev.corral.cli;
