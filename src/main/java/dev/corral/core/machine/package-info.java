/** Kept connections to machines, by sandbox and machine. */
package dev.corral.core.machine;
