/** The core as one thing, and where it is put together. */
package dev.corral.core.app;
