/** The plan of a cleanup and its execution, on the page Strays. */
@NullMarked
package dev.corral.console.strays.plan;

import org.jspecify.annotations.NullMarked;
