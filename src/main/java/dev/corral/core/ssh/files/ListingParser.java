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
 * Reads what {@link GuestFolders} lets a guest print: parts that end with a NUL. Those of find(1) are the lines of users and groups, then
 * four for each entry: facts, name, where a link leads, and to what. Those of stat(1) have records with a slash before what is told, before
 * {@code ./NAME} and within it, which no name can have. What makes no sense is left out. Pure.
 */
final class ListingParser {
    private static final Pattern FACTS = Pattern.compile(
            "([0-9a-f]{1,8}) (\\d{1,18}) (-?\\d{1,12}) (\\d{1,10}) (\\d{1,10}) (.{0,200})", Pattern.DOTALL);
    private static final Pattern FOUND =
            Pattern.compile("([a-zA-Z?]) ([0-7]{1,4}) (\\d{1,18}) (-?\\d{1,12}) (\\d{1,10}) (\\d{1,10})");
    private static final String BY_FIND = "=\n";
    private static final int OF_ONE = 4;
    private static final int MOST_NAMES = 5_000;
    private static final int LONGEST_NAME = 200;
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
        List<byte[]> parts = parts(bytes, 3 + OF_ONE * (entries + 1), part);
        String first = parts.size() < 3 ? "" : GuestText.text(parts.getFirst());
        if (!first.startsWith("/") || !first.endsWith("\n")) {
            throw ExpectedFailure.failed(
                    "The guest's answer can not be understood.",
                    "Its shell, find or stat may be unusual ones; look at the folder in a terminal.");
        }
        String path = first.substring(0, first.length() - 1);
        String second = GuestText.text(parts.get(1));
        if (second.startsWith(BY_FIND)) {
            List<byte[]> found = parts.subList(3, parts.size());
            boolean more = found.size() > OF_ONE * entries || bytes.length - beginning(bytes) >= part;
            return new GuestListing(
                    path,
                    found(
                            found.subList(0, Math.min(found.size(), OF_ONE * entries)),
                            names(second),
                            names(GuestText.text(parts.get(2)))),
                    more);
        }
        boolean cut = parts.get(1).length >= part;
        Map<String, EntryKind> leads = new HashMap<>();
        for (String[] record : records(GuestText.text(parts.get(2)), entries)) {
            mode(record[0]).ifPresent(mode -> leads.put(record[1], EntryKind.of(mode)));
        }
        List<GuestEntry> found = new ArrayList<>();
        List<String[]> records = records(second, entries + 1);
        for (String[] record : records.subList(0, Math.min(entries, records.size()))) {
            entry(record[0], record[1], leads).ifPresent(found::add);
        }
        return new GuestListing(path, List.copyOf(found), cut || records.size() > entries);
    }

    // Where the fourth part begins.
    private static int beginning(byte[] bytes) {
        int at = 0;
        for (int ended = 0; ended < 3 && at < bytes.length; at++) {
            ended += bytes[at] == 0 ? 1 : 0;
        }
        return at;
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

    // As passwd(5) and group(5) have it: the name, a password, the number.
    private static Map<String, String> names(String lines) {
        Map<String, String> names = new HashMap<>();
        lines.lines().limit(MOST_NAMES).forEach(line -> {
            String[] fields = line.split(":", 4);
            if (fields.length > 2 && !fields[0].isEmpty() && fields[0].length() <= LONGEST_NAME) {
                names.putIfAbsent(fields[2], fields[0]);
            }
        });
        return names;
    }

    private static List<GuestEntry> found(List<byte[]> parts, Map<String, String> users, Map<String, String> groups) {
        List<GuestEntry> found = new ArrayList<>();
        for (int at = 0; at + OF_ONE <= parts.size(); at += OF_ONE) {
            Matcher facts = FOUND.matcher(GuestText.text(parts.get(at)));
            String name = GuestText.text(parts.get(at + 1));
            if (!facts.matches() || !GuestPaths.isName(name)) {
                continue;
            }
            EntryKind kind = EntryKind.ofFind(facts.group(1));
            boolean link = kind == EntryKind.LINK;
            found.add(new GuestEntry(
                    name,
                    kind,
                    Long.parseLong(facts.group(3)),
                    Integer.parseInt(facts.group(2), 8),
                    users.getOrDefault(facts.group(5), facts.group(5)),
                    groups.getOrDefault(facts.group(6), facts.group(6)),
                    Instant.ofEpochSecond(Long.parseLong(facts.group(4))),
                    link ? Optional.of(GuestText.text(parts.get(at + 2))) : Optional.empty(),
                    link ? EntryKind.ofFind(GuestText.text(parts.get(at + 3))) : kind));
        }
        return List.copyOf(found);
    }

    private static Optional<Integer> mode(String hex) {
        return hex.matches("[0-9a-f]{1,6}") ? Optional.of(Integer.parseInt(hex, 16)) : Optional.empty();
    }

    private static Optional<GuestEntry> entry(String facts, String name, Map<String, EntryKind> leads) {
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
                Optional.empty(),
                link ? leads.getOrDefault(name, EntryKind.OTHER) : kind));
    }

    private static String known(String name, String number) {
        return name.isEmpty() || name.equals("UNKNOWN") ? number : name;
    }
}
