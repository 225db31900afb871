/** The way of a Vagrantfile's machines, step by step: how they came up and how each provisioner ran last. Without a toolkit. */
@NullMarked
package dev.corral.console.vagrantfile.steps;

import org.jspecify.annotations.NullMarked;
