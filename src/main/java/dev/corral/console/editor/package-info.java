/** An editor for program text: typing, colours, problems, folding, finding. It knows no file and no Vagrant. */
@NullMarked
package dev.corral.console.editor;

import org.jspecify.annotations.NullMarked;
