package dev.corral.console.guest.files;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.core.ssh.files.Download;
import dev.corral.core.ssh.files.GuestEntry;
import dev.corral.core.ssh.files.GuestFolders;
import dev.corral.core.ssh.files.GuestListing;
import dev.corral.core.ssh.files.Progress;
import dev.corral.core.ssh.files.TransferLimits;
import dev.corral.core.ssh.files.Upload;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Downloads and uploads of one guest, one after the other. What came here last can be dragged on from the window. For the window's thread;
 * what blocks runs elsewhere.
 */
final class Transfers {
    private static final int NAMED = 3;
    private static final int PATH_MOST = 60;

    private final String guest;
    private final Threads threads;
    private final MessageCenter desk;
    private final Runnable changed;
    private final Runnable sent;
    private final Deque<Transfer> waiting = new ArrayDeque<>();
    private Optional<Transfer> current = Optional.empty();
    private List<Path> fetched = List.of();
    private boolean closed;

    /** @param sent told when something has been sent */
    Transfers(String guest, Threads threads, MessageCenter desk, Runnable changed, Runnable sent) {
        this.guest = guest;
        this.threads = threads;
        this.desk = desk;
        this.changed = changed;
        this.sent = sent;
    }

    /** What is under way. */
    Optional<Transfer> current() {
        return current;
    }

    /** How many wait for it. */
    int waiting() {
        return waiting.size();
    }

    /** What the last download brought, here. */
    List<Path> fetched() {
        return fetched;
    }

    /** Fetches entries of a folder. */
    void download(Supplier<GuestFolders> folders, String from, List<GuestEntry> entries, Path target) {
        if (entries.isEmpty()) {
            return;
        }
        String title =
                "Download " + named(entries.stream().map(GuestEntry::name).toList());
        add(new Transfer(title, progress -> new Download(folders.get(), target, progress, TransferLimits.USUAL)
                .run(from, entries)));
    }

    /** Sends files; asks first when the guest has something of that name. */
    void upload(Supplier<GuestFolders> folders, String into, List<Path> files) {
        if (files.isEmpty() || into.isEmpty()) {
            return;
        }
        Set<String> names = files.stream().map(Transfers::name).collect(Collectors.toCollection(HashSet::new));
        Transfer transfer = new Transfer(
                "Upload " + named(files.stream().map(Transfers::name).toList()), progress -> {
                    new Upload(folders.get(), progress, TransferLimits.USUAL).run(files, into);
                    return List.of();
                });
        threads.background(
                "guest-before-upload",
                () -> folders.get().list(into),
                listing -> askOrAdd(listing, names, transfer),
                this::tell);
    }

    private void askOrAdd(GuestListing listing, Set<String> names, Transfer transfer) {
        if (closed) {
            neverBegun(transfer);
            return;
        }
        List<GuestEntry> there = listing.entries().stream()
                .filter(entry -> names.contains(entry.name()))
                .toList();
        if (there.isEmpty()) {
            add(transfer);
            return;
        }
        desk.ask(new Question(
                "Replace what is there in " + guest + "?",
                Formats.middle(ShownName.of(listing.path()), PATH_MOST)
                        + " has these already. Files are replaced; folders are joined, and files of the same name in them replaced.",
                there.stream()
                        .limit(20)
                        .map(entry -> ShownName.of(entry.name()) + (entry.folder() ? "/" : ""))
                        .toList(),
                List.of(
                        Question.Choice.safe("keep-theirs", "Cancel"),
                        new Question.Choice(
                                "replace-theirs", "Replace", Question.Tone.DESTRUCTIVE, false, () -> add(transfer))),
                0));
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static String named(List<String> names) {
        return names.stream()
                        .limit(NAMED)
                        .map(name -> Formats.middle(ShownName.of(name), 40))
                        .collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    private void neverBegun(Transfer transfer) {
        desk.tell(Notice.news(transfer.title() + " was not begun: the files of " + guest + " were closed."));
    }

    private void add(Transfer transfer) {
        if (closed) {
            neverBegun(transfer);
            return;
        }
        waiting.add(transfer);
        next();
    }

    private void next() {
        if (current.isEmpty() && !waiting.isEmpty()) {
            Transfer transfer = waiting.remove();
            current = Optional.of(transfer);
            LatestValue<Progress.Seen> latest = new LatestValue<>(threads, seen -> {
                transfer.seen(seen);
                if (current.filter(now -> now == transfer).isPresent()) {
                    changed.run();
                }
            });
            Progress progress = new Progress(latest);
            threads.background(
                    "guest-transfer",
                    () -> transfer.work(progress),
                    made -> ended(transfer, progress.seen(), made),
                    failure -> failed(transfer, progress.seen(), failure));
        }
        changed.run();
    }

    private void over() {
        current = Optional.empty();
        if (!closed) {
            sent.run();
            next();
        }
    }

    private void ended(Transfer transfer, Progress.Seen seen, List<Path> made) {
        fetched = made.isEmpty() ? fetched : List.copyOf(made);
        String what = Formats.count(seen.files(), "file", "files") + ", " + Formats.bytes(seen.bytes());
        desk.tell(
                seen.leftOut() == 0
                        ? Notice.news(transfer.title() + ": done, " + what + ".")
                        : Notice.failure(
                                transfer.title() + ": " + what + "; " + seen.leftOut() + " left out.",
                                "Details says which, and why.",
                                seen.skipped().stream().map(ShownName::of).collect(Collectors.joining("\n"))));
        over();
    }

    private void failed(Transfer transfer, Progress.Seen seen, Throwable failure) {
        String so = Formats.count(seen.files(), "file is", "files are") + " there.";
        if (transfer.cancelled()) {
            String why = closed ? " was cut off, as the files of " + guest + " were closed. " : " was stopped. ";
            desk.tell(Notice.news(transfer.title() + why + so));
        } else {
            Problem problem = Problem.of(failure);
            desk.tell(Notice.failure(
                    transfer.title() + " failed: " + problem.sentence() + " " + so,
                    problem.nextStep(),
                    problem.details()));
        }
        over();
    }

    private void tell(Throwable failure) {
        desk.tell(Notice.of(Problem.of(failure)));
    }

    /** Stops what is under way. */
    void cancel() {
        current.ifPresent(Transfer::cancel);
        changed.run();
    }

    /** What would be cut off or not begin if it closed, in words; empty when nothing would. */
    Optional<String> losses() {
        return current.map(transfer ->
                transfer.title() + (waiting.isEmpty() ? "" : ", and " + waiting.size() + " more that wait for it"));
    }

    /** Stops everything. What is cut off leaves no half file, and is said. */
    void close() {
        closed = true;
        waiting.forEach(this::neverBegun);
        waiting.clear();
        cancel();
    }
}
