/** Task files of Inspect and their samples, read without running them. */
package dev.corral.core.inspect;
