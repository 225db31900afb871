package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrantfile.copy.CopyEntry.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was decided about a copy so far, and how much of the limits that takes. Not thread-safe. */
final class Ledger {
    private static final int MOST_NOTES = 1_000;
    private static final int SHOWN = 300;

    /** Why something comes along: what of the original was named, and whether there is no copy without it. */
    record Cause(Path original, boolean must) {}

    private record Sum(long bytes, int files) {
        static final Sum NONE = new Sum(0, 0);

        Sum plus(long size) {
            return new Sum(bytes + size, files + 1);
        }

        boolean within(CopyLimit limit) {
            return bytes <= limit.bytes() && files <= limit.files();
        }
    }

    /** Something that may be more than the limits allow. */
    interface Step {
        void run() throws InterruptedException;
    }

    private final CopyLimit limit;
    private final CopyList list;
    private final Path folder;
    private Map<Path, CopyEntry> entries = new TreeMap<>();
    private Set<CopyNote> notes = new LinkedHashSet<>();
    // What the Vagrantfile brings, and what the user's own list names: each has a limit of its own.
    private Sum usual = Sum.NONE;
    private Sum named = Sum.NONE;
    private int folders;
    private int looks;
    private int unsaid;

    /** @param folder the Vagrantfile's folder, for the sentences */
    Ledger(CopyLimit limit, CopyList list, Path folder) {
        this.limit = limit;
        this.list = list;
        this.folder = folder;
    }

    /** One more entry of a folder is looked at; refuses to look without an end. */
    void look(Cause cause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("planning a copy was stopped");
        }
        if (++looks > limit.looks()) {
            throw ExpectedFailure.failed(
                    "There is too much in " + shown(cause.original()) + " to be copied: more than "
                            + CopyLimit.number(limit.looks()) + " files and folders were looked at.",
                    "Name the folders in it that are needed, or leave the others out with lines that begin with ! in "
                            + CopyList.NAME + ".");
        }
    }

    /** The entry at the place. */
    Optional<CopyEntry> at(Path place) {
        return Optional.ofNullable(entries.get(place));
    }

    /** Adds a folder, unless something is there. */
    void folder(Path source, Path place, Cause cause) {
        if (Places.bare(place) || entries.containsKey(place)) {
            return;
        }
        CopyLimit most = limit(place, true);
        if (folders + 1 > most.files()) {
            if (cause.must()) {
                throw tooMuch(CopyEntry.folder(source, place), most);
            }
            note(CopyNote.Kind.LISTED, source, "is not copied: there are more folders than the limit allows");
            return;
        }
        folders++;
        entries.put(place, CopyEntry.folder(source, place));
    }

    /**
     * Adds a file or link, unless something is there.
     *
     * @throws ExpectedFailure if that is more than may come along, and there is no copy without it
     */
    void add(CopyEntry entry, Cause cause) {
        if (entries.containsKey(entry.place())) {
            return;
        }
        CopyLimit most = limit(entry.place(), false);
        boolean byList = !most.equals(limit);
        Sum sum = (byList ? named : usual).plus(entry.size());
        if (!sum.within(most)) {
            if (cause.must()) {
                throw entry.size() > most.bytes() ? tooLarge(entry, most) : tooMuch(entry, most);
            }
            String size = entry.kind() == Kind.FILE ? CopyLimit.size(entry.size()) : "a link";
            note(CopyNote.Kind.LISTED, entry.source(), "is not copied: the limit leaves no room for it (" + size + ")");
            return;
        }
        if (byList) {
            named = sum;
        } else {
            usual = sum;
        }
        entries.put(entry.place(), entry);
    }

    private CopyLimit limit(Path place, boolean isFolder) {
        return list.of(place, isFolder) == CopyList.Word.ALONG ? limit.named() : limit;
    }

    /** Puts another file in the place of one. */
    void replace(CopyEntry entry) {
        entries.put(entry.place(), entry);
    }

    private ExpectedFailure tooLarge(CopyEntry entry, CopyLimit most) {
        return ExpectedFailure.failed(
                "The Vagrantfile uses " + shown(folder.resolve(entry.place()).normalize())
                        + ", which is too large to be copied: " + CopyLimit.size(entry.size()) + ", and "
                        + CopyLimit.size(most.bytes()) + " may come along.",
                advice(entry.place(), CopyLimit.mebibytes(entry.size()) * 2, most.files()));
    }

    private ExpectedFailure tooMuch(CopyEntry last, CopyLimit most) {
        Map<Path, CopyEntry> all = new TreeMap<>(entries);
        all.put(last.place(), last);
        Path heavy = heaviest(
                all, (most.equals(limit) ? usual : named).plus(last.size()).bytes() <= most.bytes());
        long bytes = 0;
        int files = 0;
        for (CopyEntry entry : all.values()) {
            if (entry.place().startsWith(heavy) || Places.bare(heavy)) {
                bytes += entry.size();
                files += entry.kind() == Kind.FOLDER ? 0 : 1;
            }
        }
        return ExpectedFailure.failed(
                "The Vagrantfile uses more than may be copied, which is " + CopyLimit.size(most.bytes()) + " and "
                        + CopyLimit.number(most.files()) + " files; most of it is in "
                        + shown(folder.resolve(heavy).normalize()) + ": " + CopyLimit.number(files) + " files with "
                        + CopyLimit.size(bytes) + " when it was given up.",
                advice(heavy, CopyLimit.mebibytes(most.bytes()) * 4, most.files() * 4));
    }

    // The deepest place that holds at least half of everything.
    private static Path heaviest(Map<Path, CopyEntry> all, boolean byNumber) {
        Map<Path, Long> weights = new HashMap<>();
        long total = 0;
        for (CopyEntry entry : all.values()) {
            long weight = byNumber ? 1 : entry.size();
            total += weight;
            for (Path place = entry.place(); place != null; place = place.getParent()) {
                weights.merge(place, weight, Long::sum);
            }
        }
        long half = total / 2;
        Path heaviest = Places.ROOT;
        for (Map.Entry<Path, Long> one : weights.entrySet()) {
            if (one.getValue() > half
                    && one.getKey().getNameCount() > (Places.bare(heaviest) ? 0 : heaviest.getNameCount())) {
                heaviest = one.getKey();
            }
        }
        return heaviest;
    }

    private static String advice(Path place, long mebibytes, int files) {
        String raise = "set " + CopyLimit.VARIABLE + "=" + Math.max(1, mebibytes) + "," + files + " (MiB, files).";
        if (Places.bare(place)) {
            return "Leave out what the sandbox does not need with lines that begin with ! in " + CopyList.NAME
                    + " beside the Vagrantfile, or " + raise;
        }
        String line = CopyList.lineFor(place);
        return "If the sandbox does not need it, leave it out with a line !" + line + " in " + CopyList.NAME
                + " beside the Vagrantfile. If it does, a line " + line + " there lets more of it come along, or "
                + raise;
    }

    /** Notes something for the user; beyond a thousand only how many there are. */
    void note(CopyNote.Kind kind, Path path, String reason) {
        if (notes.size() < MOST_NOTES) {
            notes.add(new CopyNote(kind, path, reason));
        } else {
            unsaid++;
        }
    }

    /** Does something as a whole or not at all: false, with all as before, if it is more than may come along. */
    boolean wholly(Step step) throws InterruptedException {
        Map<Path, CopyEntry> entriesBefore = new TreeMap<>(entries);
        Set<CopyNote> notesBefore = new LinkedHashSet<>(notes);
        Sum usualBefore = usual;
        Sum namedBefore = named;
        int foldersBefore = folders;
        int unsaidBefore = unsaid;
        try {
            step.run();
            return true;
        } catch (ExpectedFailure e) {
            // Its only reason here is a limit.
            entries = entriesBefore;
            notes = notesBefore;
            usual = usualBefore;
            named = namedBefore;
            folders = foldersBefore;
            unsaid = unsaidBefore;
            return false;
        }
    }

    List<CopyEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** All notes; the last says how many there are besides, if there are. */
    List<CopyNote> notes() {
        List<CopyNote> all = new ArrayList<>(notes);
        if (unsaid > 0) {
            all.add(new CopyNote(CopyNote.Kind.LISTED, folder, "has " + unsaid + " more things that are not copied"));
        }
        return all;
    }

    private static String shown(Path path) {
        return PlainText.line(path.toString(), SHOWN);
    }
}
