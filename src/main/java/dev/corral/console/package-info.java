/** The window: its parts and how they are tied together. */
package dev.corral.console;
