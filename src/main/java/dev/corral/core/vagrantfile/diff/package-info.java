/** What a Vagrantfile means now against what a machine was made with, and what it takes to make that good. */
@NullMarked
package dev.corral.core.vagrantfile.diff;

import org.jspecify.annotations.NullMarked;
