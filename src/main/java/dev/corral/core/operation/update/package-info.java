/** What commands note of the code that the machines of a sandbox were made with, and how that code is brought up to date. */
@NullMarked
package dev.corral.core.operation.update;

import org.jspecify.annotations.NullMarked;
