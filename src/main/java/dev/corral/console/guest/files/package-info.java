/** The files of a guest: listed, edited, sent and fetched. */
@NullMarked
package dev.corral.console.guest.files;

import org.jspecify.annotations.NullMarked;
