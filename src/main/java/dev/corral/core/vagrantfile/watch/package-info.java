/** What a save of a Vagrantfile, or of a file that its provisioners use, changes of its steps, and when those run again. */
@NullMarked
package dev.corral.core.vagrantfile.watch;

import org.jspecify.annotations.NullMarked;
