/** What the user asks of sandboxes, and what is told about it. */
package dev.corral.console.work;
