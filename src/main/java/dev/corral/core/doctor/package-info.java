/** Says what this machine lacks and how to mend it. */
@NullMarked
package dev.corral.core.doctor;

import org.jspecify.annotations.NullMarked;
