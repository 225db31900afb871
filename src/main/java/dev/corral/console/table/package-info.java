/** What every list of the window is made of: filter language, field and chips, what cells show, columns, what stands in an empty list. */
@NullMarked
package dev.corral.console.table;

import org.jspecify.annotations.NullMarked;
