/** The page on which a Vagrantfile is edited and debugged. */
@NullMarked
package dev.corral.console.vagrantfile;

import org.jspecify.annotations.NullMarked;
