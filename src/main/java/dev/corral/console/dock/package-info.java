/** The dock below the pages: a row of tabs that knows nothing of what they show. */
package dev.corral.console.dock;
