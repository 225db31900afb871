/** Kept SSH connections to machines: commands, interactive shells, and the ssh-config text that says where they are. */
@NullMarked
package dev.corral.core.ssh;

import org.jspecify.annotations.NullMarked;
