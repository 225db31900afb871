/** The plan of a cleanup and its execution, on the page Strays. */
package dev.corral.console.strays.plan;
