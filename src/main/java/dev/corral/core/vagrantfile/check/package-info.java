/** What is wrong with a Vagrantfile, from all that is known of it, in one list. */
@NullMarked
package dev.corral.core.vagrantfile.check;

import org.jspecify.annotations.NullMarked;
