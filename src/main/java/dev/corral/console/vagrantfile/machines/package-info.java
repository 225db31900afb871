/** The machines of the Vagrantfile that is being edited: their states, steps and settings, and what can be done to them. */
@NullMarked
package dev.corral.console.vagrantfile.machines;

import org.jspecify.annotations.NullMarked;
