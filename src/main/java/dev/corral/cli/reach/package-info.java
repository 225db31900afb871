/** Ways into a VM beside a shell: ports, tunnels, the serial console. */
@NullMarked
package dev.corral.cli.reach;

import org.jspecify.annotations.NullMarked;
