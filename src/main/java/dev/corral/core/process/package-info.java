/** The only package that starts processes. Everything goes through zt-exec, in a session of its own. */
@NullMarked
package dev.corral.core.process;

import org.jspecify.annotations.NullMarked;
