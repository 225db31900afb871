/** The parts that every list of the window is made of: filter language, field and chips, what cells show, columns, and what stands in an empty list. */
package dev.corral.console.table;
