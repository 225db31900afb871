/** The network of a sandbox's machines: a picture, ports, tunnels, and who reaches whom. */
@NullMarked
package dev.corral.console.guest.network;

import org.jspecify.annotations.NullMarked;
