/** What is shown of the inside of a VM: its files, its network. */
@NullMarked
package dev.corral.console.guest;

import org.jspecify.annotations.NullMarked;
