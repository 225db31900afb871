/** Watching a Vagrantfile from the command line. */
@NullMarked
package dev.corral.cli.watch;

import org.jspecify.annotations.NullMarked;
