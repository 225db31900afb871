/** Commands in a guest: how they run, what they print, how they end. */
@NullMarked
package dev.corral.core.ssh.exec;

import org.jspecify.annotations.NullMarked;
