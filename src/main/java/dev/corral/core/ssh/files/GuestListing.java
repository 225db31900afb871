package dev.corral.core.ssh.files;

import java.util.List;

/**
 * What a folder of a guest has.
 *
 * @param path    the folder, absolute, links resolved
 * @param entries its entries, in no order
 * @param cut     whether there are more than are listed
 */
public record GuestListing(String path, List<GuestEntry> entries, boolean cut) {

    /** The path of an entry. */
    public String path(GuestEntry entry) {
        return GuestPaths.child(path, entry.name());
    }
}
