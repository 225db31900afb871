/** What frames the pages: header, rail, status bar, theme. */
package dev.corral.console.chrome;
