/** Makes new Vagrantfiles out of the collection by changing how things are written, not whether Ruby takes them. */
package dev.corral.core.vagrantfile.mutant;
