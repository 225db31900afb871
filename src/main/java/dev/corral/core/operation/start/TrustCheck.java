package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.ReadFiles.Change;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.Stamps;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.CopyEntry;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees to it that a start evaluates what the user's word was about: before Vagrant reads the files, after it has, and again when they are
 * copied. For the thread of the start.
 */
final class TrustCheck {
    private static final String AGAIN = "Start it again: it is asked about as it is then.";

    private final Optional<TrustGiven> given;
    private Stamps stamps = Stamps.of(Set.of());
    private ReadFiles read;

    /** @param given the word; empty where none is needed, because whoever starts it named the file or trusts its folder */
    TrustCheck(Optional<TrustGiven> given) {
        this.given = given;
        this.read = given.map(TrustGiven::files).orElseGet(ReadFiles::now);
    }

    /**
     * Before Vagrant is asked.
     *
     * @throws ExpectedFailure if a file is not what the word was about
     */
    void before() {
        if (given.isPresent()) {
            stamps = Stamps.of(read.hashes().keySet());
            refuse(read.changes(), "Nothing of it was run: ");
        }
    }

    /**
     * After Vagrant was asked: whatever it read is what the word is about from now on.
     *
     * @throws ExpectedFailure if a file was changed meanwhile by anything but the Vagrantfile itself, even if it was put back
     */
    void after(Resolution resolution) {
        if (given.isEmpty()) {
            return;
        }
        Set<String> written = resolution.reads().stream()
                .filter(one -> one.how().contains("write"))
                .map(Resolution.Read::path)
                .collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>(read.changes());
        stamps.changed().stream()
                .filter(path -> changes.stream().noneMatch(one -> one.path().equals(path)))
                .map(path -> new Change(path, "was changed and put back"))
                .forEach(changes::add);
        changes.removeIf(one -> written.stream()
                .map(Path::of)
                .anyMatch(path ->
                        path.equals(Path.of(one.path())) || Path.of(one.path()).equals(path.getParent())));
        refuse(changes, "While Vagrant read it, it became another: ");
        read = read.with(ReadFiles.of(resolution));
        given.get().keep().accept(read);
    }

    /**
     * After the copy was made, which is what boots the machines.
     *
     * @throws ExpectedFailure if something was copied that Vagrant was not asked about
     */
    void copied(CopyPlan plan, CopiedFiles copied) {
        if (given.isEmpty()) {
            return;
        }
        List<Change> changes = plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FILE)
                .filter(entry -> copied.at(entry.place())
                        .map(CopiedFiles.Copied::sha256)
                        .filter(hash -> !read.allows(entry.source(), hash))
                        .isPresent())
                .map(entry -> new Change(entry.source().toString(), "has changed"))
                .toList();
        refuse(changes, "What was copied is not what Vagrant was asked about: ");
    }

    private static void refuse(List<Change> changes, String beginning) {
        if (!changes.isEmpty()) {
            throw ExpectedFailure.failed(
                    beginning + ReadFiles.words(changes) + " since you said that the Vagrantfile may run.", AGAIN);
        }
    }
}
