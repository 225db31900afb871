/** Joins what the layers told into items with one state each. Pure. */
package dev.corral.core.inventory.items;
