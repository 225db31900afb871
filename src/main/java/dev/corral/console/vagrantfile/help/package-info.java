/** What the editor of the page Vagrantfile is told of its files. */
@NullMarked
package dev.corral.console.vagrantfile.help;

import org.jspecify.annotations.NullMarked;
