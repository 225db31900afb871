/** What frames the pages: header, rail, status bar, theme. */
@NullMarked
package dev.corral.console.chrome;

import org.jspecify.annotations.NullMarked;
