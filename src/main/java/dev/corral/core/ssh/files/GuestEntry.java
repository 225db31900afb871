package dev.corral.core.ssh.files;

import java.time.Instant;
import java.util.Optional;

/**
 * A name in a folder of a guest, as the guest tells it: untrusted, but for the name, which has no slash and is no way out of its folder.
 *
 * @param name     the name; bytes that are no UTF-8 are as {@link dev.corral.core.ssh.GuestText} has them
 * @param kind     what it is itself
 * @param size     bytes
 * @param mode     the permission bits, 12 of them
 * @param owner    the owner's name, or number where it has none
 * @param group    the group's name, or number where it has none
 * @param modified when its content changed last
 * @param target   where a link leads, as it is written; empty for anything else and where it can't be told
 * @param leadsTo  what a link leads to in the end; for anything else its own kind
 */
public record GuestEntry(
        String name,
        EntryKind kind,
        long size,
        int mode,
        String owner,
        String group,
        Instant modified,
        Optional<String> target,
        EntryKind leadsTo) {

    /** Whether it can be looked into: a folder, or a link to one. */
    public boolean folder() {
        return leadsTo == EntryKind.FOLDER;
    }

    /** Whether it can be read: an ordinary file, or a link to one. */
    public boolean ordinary() {
        return leadsTo == EntryKind.FILE;
    }

    /** Whether somebody may run it. */
    public boolean executable() {
        return kind == EntryKind.FILE && (mode & 0111) != 0;
    }

    /** As {@code ls -l} has it: {@code -rw-r--r--}. */
    public String permissions() {
        StringBuilder text = new StringBuilder(10);
        text.append(
                switch (kind) {
                    case FILE -> '-';
                    case FOLDER -> 'd';
                    case LINK -> 'l';
                    case DEVICE -> 'c';
                    case BLOCK_DEVICE -> 'b';
                    case PIPE -> 'p';
                    case SOCKET -> 's';
                    case OTHER -> '?';
                });
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = mode >> shift & 7;
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            boolean special = (mode & 01000 << shift / 3) != 0;
            char set = shift == 0 ? 't' : 's';
            text.append(special ? (bits & 1) != 0 ? set : Character.toUpperCase(set) : (bits & 1) != 0 ? 'x' : '-');
        }
        return text.toString();
    }
}
