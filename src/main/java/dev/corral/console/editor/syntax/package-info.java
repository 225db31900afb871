/** Colours and shape of program text, line by line and without a toolkit. */
@NullMarked
package dev.corral.console.editor.syntax;

import org.jspecify.annotations.NullMarked;
