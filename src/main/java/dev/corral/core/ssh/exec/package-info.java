/** Commands in a guest: how they run, what they print, how they end. */
package dev.corral.core.ssh.exec;
