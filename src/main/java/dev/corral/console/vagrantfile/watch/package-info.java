/** What happens after a save: the steps of the machines that it changed run again. */
@NullMarked
package dev.corral.console.vagrantfile.watch;

import org.jspecify.annotations.NullMarked;
