/** What starts were made with, and how one that failed differs from the last of the same Vagrantfile that worked. */
@NullMarked
package dev.corral.core.operation.good;

import org.jspecify.annotations.NullMarked;
