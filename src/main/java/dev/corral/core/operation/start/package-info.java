/** What a start needs: files that come along, slots, news, and the preparation of a sample. */
@NullMarked
package dev.corral.core.operation.start;

import org.jspecify.annotations.NullMarked;
