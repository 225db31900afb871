/** What several parts of the window use: texts, icons, small controls, the clock. */
package dev.corral.console.shared;
