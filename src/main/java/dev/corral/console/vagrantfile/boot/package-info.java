/** What is seen of a machine whose boot hangs, or has failed: its serial console and its screen. */
@NullMarked
package dev.corral.console.vagrantfile.boot;

import org.jspecify.annotations.NullMarked;
