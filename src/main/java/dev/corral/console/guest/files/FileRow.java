package dev.corral.console.guest.files;

import dev.corral.console.guest.ShownName;
import dev.corral.console.shared.Formats;
import dev.corral.core.ssh.files.EntryKind;
import dev.corral.core.ssh.files.GuestEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A row of the list of files.
 *
 * @param entry what the guest tells
 * @param name  the name as it is shown
 */
public record FileRow(GuestEntry entry, String name) {
    /** Folders first, then by name. */
    static final Comparator<FileRow> ORDER = Comparator.comparing(
                    (FileRow row) -> !row.entry().folder())
            .thenComparing(row -> row.name().toLowerCase(Locale.ROOT))
            .thenComparing(row -> row.entry().name());

    static FileRow of(GuestEntry entry) {
        return new FileRow(entry, ShownName.of(entry.name()));
    }

    static List<FileRow> of(List<GuestEntry> entries) {
        return entries.stream().map(FileRow::of).sorted(ORDER).toList();
    }

    /** The name, and where a link leads. */
    String title() {
        return entry.kind() == EntryKind.LINK
                ? name + " → "
                        + entry.target()
                                .map(ShownName::of)
                                .orElse("a " + entry.leadsTo().word())
                        + (entry.leadsTo() == EntryKind.OTHER ? " (leads to nothing)" : "")
                : name;
    }

    /** The size of a file; what anything else is. */
    String size() {
        return switch (entry.kind()) {
            case FILE -> Formats.bytes(entry.size());
            case FOLDER -> "";
            default -> entry.kind().word();
        };
    }

    String owner() {
        return ShownName.of(entry.owner() + ":" + entry.group());
    }

    String modified() {
        return Formats.exact(entry.modified());
    }
}
