/** An SSH server of our own that gives one terminal to whoever has one key, and nothing else. */
@NullMarked
package dev.corral.core.ssh.gateway;

import org.jspecify.annotations.NullMarked;
