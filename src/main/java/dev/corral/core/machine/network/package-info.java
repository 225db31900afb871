/** The networks between the machines of a sandbox: as its Vagrantfile means them, as the guests tell them, and who reaches whom. */
@NullMarked
package dev.corral.core.machine.network;

import org.jspecify.annotations.NullMarked;
