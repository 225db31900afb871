/** Files that are edited: read, saved, compared with the disk, and kept against crashes. Without a toolkit. */
@NullMarked
package dev.corral.console.editor.file;

import org.jspecify.annotations.NullMarked;
