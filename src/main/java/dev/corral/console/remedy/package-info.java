/** Buttons that do at once what helps against a failure. */
@NullMarked
package dev.corral.console.remedy;

import org.jspecify.annotations.NullMarked;
