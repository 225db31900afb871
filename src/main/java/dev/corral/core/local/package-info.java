/** Puts the parts of the core together for one process on this machine. */
package dev.corral.core.local;
