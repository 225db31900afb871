/** Work under way, notices and questions. */
@NullMarked
package dev.corral.console.messages;

import org.jspecify.annotations.NullMarked;
