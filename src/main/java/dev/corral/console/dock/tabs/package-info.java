/** What lies in the dock: terminals, logs, Vagrantfiles, and the work under way. */
@NullMarked
package dev.corral.console.dock.tabs;

import org.jspecify.annotations.NullMarked;
