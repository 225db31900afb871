/** What several parts of the window use: texts, icons, small controls, the clock. */
@NullMarked
package dev.corral.console.shared;

import org.jspecify.annotations.NullMarked;
