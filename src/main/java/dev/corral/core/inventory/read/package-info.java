/** Reads and watches what an inventory is made of. */
package dev.corral.core.inventory.read;
