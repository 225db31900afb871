/** What exists, at one moment: immutable views of sandboxes, machines and items. */
package dev.corral.core.inventory;
