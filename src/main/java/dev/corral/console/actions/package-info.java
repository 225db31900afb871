/** What can be done in the window, by button, key or name. */
package dev.corral.console.actions;
