/** What the window remembers. */
package dev.corral.console.settings;
