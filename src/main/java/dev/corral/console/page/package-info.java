/** Pages, and the actions, keys and palette that reach them. */
package dev.corral.console.page;
