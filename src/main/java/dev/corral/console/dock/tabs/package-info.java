/** What lies in the dock: terminals, logs, Vagrantfiles, and the work under way. */
package dev.corral.console.dock.tabs;
