/** How a start that failed differs from the last one of the same Vagrantfile that worked, and the way back to a good one. */
@NullMarked
package dev.corral.console.vagrantfile.good;

import org.jspecify.annotations.NullMarked;
