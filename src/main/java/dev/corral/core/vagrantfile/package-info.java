/** What a Vagrantfile means: Vagrant itself is asked, and the answer is remembered. */
@NullMarked
package dev.corral.core.vagrantfile;

import org.jspecify.annotations.NullMarked;
