/** What is seen of machines while they boot, before anybody can log in. */
@NullMarked
package dev.corral.core.operation.boot;

import org.jspecify.annotations.NullMarked;
