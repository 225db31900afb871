/** What a guest's SSH server can reach. */
@NullMarked
package dev.corral.core.ssh.net;

import org.jspecify.annotations.NullMarked;
