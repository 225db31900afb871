/** What stands above the text of a file: what has happened to it, what is kept of it, and how texts differ. */
@NullMarked
package dev.corral.console.vagrantfile.strip;

import org.jspecify.annotations.NullMarked;
