/** The serial consoles of VMs. */
@NullMarked
package dev.corral.core.hypervisor.console;

import org.jspecify.annotations.NullMarked;
