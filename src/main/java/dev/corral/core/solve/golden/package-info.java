/** A solved sample as a file that is replayed unattended: whether the sample can still be solved. */
@NullMarked
package dev.corral.core.solve.golden;

import org.jspecify.annotations.NullMarked;
