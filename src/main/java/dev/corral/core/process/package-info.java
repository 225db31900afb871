/** The only package that starts processes. Everything goes through zt-exec, in a session of its own. */
package dev.corral.core.process;
