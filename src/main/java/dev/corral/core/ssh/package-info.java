/** Kept SSH connections to machines: commands, interactive shells, and the ssh-config text that says where they are. */
package dev.corral.core.ssh;
