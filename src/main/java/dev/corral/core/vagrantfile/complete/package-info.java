/** What can be written at a place of a Vagrantfile, and what stands there. Pure: no file is read and nothing is run. */
@NullMarked
package dev.corral.core.vagrantfile.complete;

import org.jspecify.annotations.NullMarked;
