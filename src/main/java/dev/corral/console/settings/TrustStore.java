package dev.corral.console.settings;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.TrustGiven;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Vagrantfiles the user has said may run. A Vagrantfile is Ruby that runs on this machine, and so is what it loads: an unknown one is
 * asked about once, and again when it or anything that it was seen to read has changed. Thread-safe; all methods read or write files.
 */
public final class TrustStore {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);
    private static final String MANY = "It reads more files than are remembered, so you are asked each time.";

    private final StateFile<Known> store;
    private final TrustEntries entries;
    private final List<Path> knownFolders;

    /**
     * A Vagrantfile as it was at one moment: what a person is shown and what the answer is about.
     *
     * @param file  where it is
     * @param text  what it holds
     * @param hash  names that content
     * @param files what the answer is about: itself, and what it was seen to read before, as it was at that moment
     * @param news  why it is asked about although it was trusted before, as a sentence; empty if it was not
     */
    public record Content(Path file, String text, String hash, ReadFiles files, String news) {}

    /**
     * The file's content.
     *
     * @param hashes  Vagrantfiles that were trusted before it was known what they read; each gets an entry when it runs again
     * @param folders where no Vagrantfile is asked about
     */
    record Known(Set<String> hashes, Set<String> folders) {
        Known {
            hashes = new TreeSet<>(Objects.requireNonNullElse(hashes, Set.of()));
            folders = new TreeSet<>(Objects.requireNonNullElse(folders, Set.of()));
        }
    }

    /**
     * @param file         where it is kept
     * @param knownFolders folders whose Vagrantfiles need no question, for instance the samples that come with Corral
     */
    public TrustStore(Path file, List<Path> knownFolders) {
        this.store = new StateFile<>(file, Known.class);
        this.entries = new TrustEntries(file.resolveSibling("trusted"));
        this.knownFolders = knownFolders.stream().map(TrustStore::real).toList();
    }

    /**
     * Reads a Vagrantfile as it is now, and nothing else.
     *
     * @throws ExpectedFailure if it can not be read
     */
    public Content read(Path vagrantfile) {
        try {
            byte[] bytes = OrdinaryFile.read(real(vagrantfile));
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Content(
                    vagrantfile,
                    new String(bytes, StandardCharsets.UTF_8),
                    hash,
                    ReadFiles.now(located(vagrantfile)),
                    "");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile " + vagrantfile + " can not be read.",
                    Files.exists(vagrantfile)
                            ? "Check that it is a file and its permissions."
                            : "Check the path; no such file exists.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What has to be shown and asked about before this Vagrantfile may run; empty when it may run as it is. In a trusted folder nothing is
     * read.
     *
     * @throws ExpectedFailure if it can not be read
     */
    public synchronized Optional<Content> unknown(Path vagrantfile) {
        if (inTrustedFolder(vagrantfile)) {
            return Optional.empty();
        }
        Content content = read(vagrantfile);
        Path path = located(vagrantfile);
        Optional<TrustEntries.Entry> entry = entries.of(path, content.hash());
        if (entry.isEmpty()) {
            if (known().hashes().contains(content.hash())) {
                return Optional.empty();
            }
            String news = entries.newest(path)
                    .map(one -> since(one.files().changes()))
                    .orElse("");
            return Optional.of(new Content(content.file(), content.text(), content.hash(), content.files(), news));
        }
        if (entry.get().many()) {
            return Optional.of(new Content(content.file(), content.text(), content.hash(), content.files(), MANY));
        }
        ReadFiles now = entry.get().files().renewed();
        List<ReadFiles.Change> changes = entry.get().files().changes();
        return changes.isEmpty() || entry.get().holds()
                ? Optional.empty()
                : Optional.of(new Content(content.file(), content.text(), content.hash(), now, since(changes)));
    }

    private static String since(List<ReadFiles.Change> changes) {
        return changes.isEmpty() ? "" : "Since you let it run: " + ReadFiles.words(changes) + ".";
    }

    /** Whether everything is still as it was when that was read, what the Vagrantfile loads included. */
    public boolean asShown(Content shown) {
        return read(shown.file()).hash().equals(shown.hash()) && shown.files().hold();
    }

    /**
     * What may run of a Vagrantfile that is known, for its start; empty in a trusted folder, where all of it may.
     *
     * @throws ExpectedFailure if it can not be read, or is not known any more
     */
    public synchronized Optional<TrustGiven> given(Path vagrantfile) {
        if (inTrustedFolder(vagrantfile)) {
            return Optional.empty();
        }
        Content content = read(vagrantfile);
        Optional<TrustEntries.Entry> entry = entries.of(located(vagrantfile), content.hash());
        if (entry.isEmpty() && !known().hashes().contains(content.hash())) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile " + vagrantfile + " has changed since you said that it may run.",
                    "Start it again: it is asked about as it is then.");
        }
        return Optional.of(given(content, entry.map(TrustEntries.Entry::holding).orElse(content.files())));
    }

    /** What may run after the answer about what was shown. */
    public TrustGiven given(Content shown) {
        return given(shown, shown.files());
    }

    private TrustGiven given(Content content, ReadFiles files) {
        return new TrustGiven(files, read -> keep(content, read));
    }

    // Who starts something is not troubled with this: the next start asks.
    private synchronized void keep(Content content, ReadFiles read) {
        try {
            Path path = located(content.file());
            ReadFiles all = entries.of(path, content.hash())
                    .map(TrustEntries.Entry::holding)
                    .orElse(content.files())
                    .with(read);
            entries.write(path, content.hash(), all.many() ? content.files() : all, all.many());
        } catch (IOException e) {
            LOG.warn("what {} reads can't be remembered", content.file(), e);
        }
    }

    /**
     * A person has saved a file in this window, over the content that the window had shown before: wherever that content was trusted, the
     * saved one is now. All else that the word was about has to be as it was, when it is asked for. What can't be written is asked about
     * again.
     *
     * @param before the SHA-256 of what the file held, in hexadecimal digits
     * @param after  the same of what was saved
     */
    public synchronized void saved(Path file, String before, String after) {
        Path path = located(file);
        Path named = file.toAbsolutePath().normalize();
        try {
            for (TrustEntries.Entry entry : entries.all()) {
                // What a Vagrantfile reads is known by the name that it gave it.
                Optional<ReadFiles> now = entry.saved(path, before, after).or(() -> entry.saved(named, before, after));
                if (now.isPresent() && !entry.many()) {
                    Path vagrantfile = Path.of(entry.vagrantfile());
                    entries.write(vagrantfile, path.equals(vagrantfile) ? after : entry.hash(), now.get(), false);
                }
            }
        } catch (IOException e) {
            LOG.warn("that {} was saved here can't be remembered", file, e);
        }
    }

    /**
     * Remembers a content with what was seen to belong to it: the one that was shown, whatever the files hold by now.
     *
     * @throws ExpectedFailure if that can't be written
     */
    public synchronized void trustContent(Content shown) {
        try {
            entries.write(located(shown.file()), shown.hash(), shown.files(), false);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /**
     * Remembers a folder with all Vagrantfiles in and below it.
     *
     * @throws ExpectedFailure if that can't be written
     */
    public synchronized void trustFolder(Path folder) {
        Known known = known();
        known.folders().add(real(folder).toString());
        write(known);
    }

    private Known known() {
        // Nothing is lost by asking again, and the next answer writes a damaged file anew.
        return store.load().orElseGet(() -> new Known(Set.of(), Set.of()));
    }

    private void write(Known known) {
        try {
            store.write(known);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private ExpectedFailure notStored(IOException failure) {
        return ExpectedFailure.failed(
                "Your answer could not be stored in " + store.path() + ".",
                "Check that the folder can be written.",
                failure);
    }

    private boolean inTrustedFolder(Path vagrantfile) {
        Path path = real(vagrantfile);
        return Stream.concat(knownFolders.stream(), known().folders().stream().map(Path::of))
                .anyMatch(path::startsWith);
    }

    // As a start names it, since what it read is kept by those names.
    private static Path located(Path vagrantfile) {
        return StartRequest.of(vagrantfile).located().vagrantfile().toAbsolutePath();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            // A file that does not exist is reported when it is read.
            return path.toAbsolutePath().normalize();
        }
    }
}
