package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@link GuestFolders} lets a guest print: parts that end with a NUL, and in them records of stat(1) with a slash before what is
 * told, before {@code ./NAME} and within it, which no name can have. What makes no sense is left out. Pure.
 */
final class ListingParser {
    private static final Pattern FACTS = Pattern.compile(
            "([0-9a-f]{1,8}) (\\d{1,18}) (-?\\d{1,12}) (\\d{1,10}) (\\d{1,10}) (.{0,200})", Pattern.DOTALL);
    private static final int MODE = 07777;

    private ListingParser() {}

    /**
     * The listing.
     *
     * @param bytes   what was printed
     * @param entries how many entries to keep
     * @param part    how many bytes a part could have
     */
    static GuestListing parse(byte[] bytes, int entries, int part) {
        List<String> parts = parts(bytes);
        if (parts.size() < 3
                || !parts.getFirst().startsWith("/")
                || !parts.getFirst().endsWith("\n")) {
            throw ExpectedFailure.failed(
                    "The guest's answer can not be understood.",
                    "Its shell, find or stat may be unusual ones; look at the folder in a terminal.");
        }
        String path = parts.getFirst().substring(0, parts.getFirst().length() - 1);
        boolean cut = GuestText.bytes(parts.get(1)).length >= part;
        Map<String, EntryKind> leads = new HashMap<>();
        for (String[] record : records(parts.get(2), 1)) {
            mode(record[0]).ifPresent(mode -> leads.put(record[1], EntryKind.of(mode)));
        }
        Map<String, String> targets = targets(parts.subList(3, parts.size()));
        List<GuestEntry> found = new ArrayList<>();
        for (String[] record : records(parts.get(1), 1)) {
            if (found.size() >= entries) {
                cut = true;
                break;
            }
            entry(record[0], record[1], leads, targets).ifPresent(found::add);
        }
        return new GuestListing(path, List.copyOf(found), cut);
    }

    private static List<String> parts(byte[] bytes) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                parts.add(GuestText.text(Arrays.copyOfRange(bytes, start, at)));
                start = at + 1;
            }
        }
        return parts;
    }

    // "/FACTS/./NAME" and a line feed, again and again: between slashes stand facts, a dot, a name with that line feed.
    private static List<String[]> records(String text, int skipped) {
        List<String[]> records = new ArrayList<>();
        String[] pieces = text.split("/", -1);
        for (int i = skipped; i + 2 < pieces.length; i += 3) {
            String name = pieces[i + 2];
            // The last one may be cut off.
            if (pieces[i + 1].equals(".") && name.endsWith("\n")) {
                name = name.substring(0, name.length() - 1);
                if (GuestPaths.isName(name)) {
                    records.add(new String[] {pieces[i], name});
                }
            }
        }
        return records;
    }

    private static Map<String, String> targets(List<String> pairs) {
        Map<String, String> targets = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            targets.put(pairs.get(i), pairs.get(i + 1));
        }
        return targets;
    }

    private static Optional<Integer> mode(String hex) {
        return hex.matches("[0-9a-f]{1,6}") ? Optional.of(Integer.parseInt(hex, 16)) : Optional.empty();
    }

    private static Optional<GuestEntry> entry(
            String facts, String name, Map<String, EntryKind> leads, Map<String, String> targets) {
        Matcher matcher = FACTS.matcher(facts);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int mode = (int) Long.parseLong(matcher.group(1), 16);
        EntryKind kind = EntryKind.of(mode);
        String[] names = matcher.group(6).split(" ", 2);
        boolean link = kind == EntryKind.LINK;
        return Optional.of(new GuestEntry(
                name,
                kind,
                Long.parseLong(matcher.group(2)),
                mode & MODE,
                known(names[0], matcher.group(4)),
                known(names.length > 1 ? names[1] : "", matcher.group(5)),
                Instant.ofEpochSecond(Long.parseLong(matcher.group(3))),
                link ? Optional.ofNullable(targets.get(name)) : Optional.empty(),
                link ? leads.getOrDefault(name, EntryKind.OTHER) : kind));
    }

    private static String known(String name, String number) {
        return name.isEmpty() || name.equals("UNKNOWN") ? number : name;
    }
}
