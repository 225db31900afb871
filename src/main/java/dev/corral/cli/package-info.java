/** The command line: data on standard output, messages on standard error, honest exit codes. */
@NullMarked
package dev.corral.cli;

import org.jspecify.annotations.NullMarked;
