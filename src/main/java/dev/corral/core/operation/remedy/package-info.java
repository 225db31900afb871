/** What is done at once about failures, outside of any sandbox. */
@NullMarked
package dev.corral.core.operation.remedy;

import org.jspecify.annotations.NullMarked;
