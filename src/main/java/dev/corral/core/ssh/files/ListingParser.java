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
        List<byte[]> parts = parts(bytes, 3 + 2 * entries, part);
        String first = parts.size() < 3 ? "" : GuestText.text(parts.getFirst());
        if (!first.startsWith("/") || !first.endsWith("\n")) {
            throw ExpectedFailure.failed(
                    "The guest's answer can not be understood.",
                    "Its shell, find or stat may be unusual ones; look at the folder in a terminal.");
        }
        String path = first.substring(0, first.length() - 1);
        boolean cut = parts.get(1).length >= part;
        Map<String, EntryKind> leads = new HashMap<>();
        for (String[] record : records(GuestText.text(parts.get(2)), entries)) {
            mode(record[0]).ifPresent(mode -> leads.put(record[1], EntryKind.of(mode)));
        }
        Map<String, String> targets = targets(parts.subList(3, parts.size()));
        List<GuestEntry> found = new ArrayList<>();
        List<String[]> records = records(GuestText.text(parts.get(1)), entries + 1);
        for (String[] record : records.subList(0, Math.min(entries, records.size()))) {
            entry(record[0], record[1], leads, targets).ifPresent(found::add);
        }
        return new GuestListing(path, List.copyOf(found), cut || records.size() > entries);
    }

    // The first ones, and of each its beginning.
    private static List<byte[]> parts(byte[] bytes, int most, int longest) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < bytes.length && parts.size() < most; at++) {
            if (bytes[at] == 0) {
                parts.add(Arrays.copyOfRange(bytes, start, Math.min(at, start + longest)));
                start = at + 1;
            }
        }
        return parts;
    }

    // "/FACTS/./NAME" and a line feed, again and again: between slashes stand facts, a dot, a name with that line feed.
    private static List<String[]> records(String text, int most) {
        List<String[]> records = new ArrayList<>();
        int facts = text.indexOf('/');
        while (facts >= 0 && records.size() < most) {
            int dot = text.indexOf('/', facts + 1);
            int name = dot < 0 ? -1 : text.indexOf('/', dot + 1);
            if (name < 0) {
                break;
            }
            int next = text.indexOf('/', name + 1);
            int end = (next < 0 ? text.length() : next) - 1;
            // The last one may be cut off.
            if (name == dot + 2 && text.charAt(dot + 1) == '.' && text.charAt(end) == '\n') {
                String called = text.substring(name + 1, end);
                if (GuestPaths.isName(called)) {
                    records.add(new String[] {text.substring(facts + 1, dot), called});
                }
            }
            facts = next;
        }
        return records;
    }

    private static Map<String, String> targets(List<byte[]> pairs) {
        Map<String, String> targets = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            targets.put(GuestText.text(pairs.get(i)), GuestText.text(pairs.get(i + 1)));
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
