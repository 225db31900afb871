/** How a start that failed differs from the last one of the same Vagrantfile that worked. */
@NullMarked
package dev.corral.console.vagrantfile.good;

import org.jspecify.annotations.NullMarked;
