/** What the window remembers. */
@NullMarked
package dev.corral.console.settings;

import org.jspecify.annotations.NullMarked;
