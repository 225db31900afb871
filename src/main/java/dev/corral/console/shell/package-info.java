/** What stands around the pages: head, rail, foot, theme, and what the window remembers. */
package dev.corral.console.shell;
