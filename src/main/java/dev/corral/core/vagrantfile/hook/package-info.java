/**
 * Our Ruby in a Vagrant that boots or provisions machines, and what it tells: how each machine is reached, and which provisioners ran.
 */
@NullMarked
package dev.corral.core.vagrantfile.hook;

import org.jspecify.annotations.NullMarked;
