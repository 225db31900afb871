/** What every part of the core uses: expected failures, JSON, the environment, and files that are safe to read and write. */
package dev.corral.core.base;
