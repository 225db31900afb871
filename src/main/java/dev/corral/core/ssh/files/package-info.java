/** Folders and files of a guest: listed, fetched, sent and changed, as a user of the guest would. What the guest tells is not trusted. */
@NullMarked
package dev.corral.core.ssh.files;

import org.jspecify.annotations.NullMarked;
