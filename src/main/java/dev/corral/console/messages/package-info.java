/** Work under way, notices and questions. */
package dev.corral.console.messages;
