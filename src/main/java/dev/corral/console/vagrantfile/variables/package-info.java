/** Sets of variables that are kept by name for each Vagrantfile. */
@NullMarked
package dev.corral.console.vagrantfile.variables;

import org.jspecify.annotations.NullMarked;
