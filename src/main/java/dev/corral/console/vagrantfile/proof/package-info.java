/** Clean starts that prove a Vagrantfile: what has come of each, and of its sandbox. */
@NullMarked
package dev.corral.console.vagrantfile.proof;

import org.jspecify.annotations.NullMarked;
