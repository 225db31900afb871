/** The settings that the installed Vagrant and its plugins know, and what helps to write them. */
@NullMarked
package dev.corral.core.vagrantfile.keys;

import org.jspecify.annotations.NullMarked;
