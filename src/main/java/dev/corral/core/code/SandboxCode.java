package dev.corral.core.code;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stands before each Vagrant command on a sandbox: a guest may have the folder as a share, and what it writes there Vagrant would evaluate
 * on this machine. Blocks: a hash of each file that was read.
 */
public final class SandboxCode {
    private static final int SHOWN = 8;

    private SandboxCode() {}

    /**
     * What Vagrant would evaluate that is not as it was copied, a few words each; empty when all is, or nothing was kept.
     *
     * @throws ExpectedFailure if that can't be told
     */
    public static List<String> changed(SandboxFiles files) {
        try {
            var kept = KeptCode.of(files);
            return kept.isEmpty()
                    ? List.of()
                    : kept.get().changes(files).stream()
                            .map(KeptCode.Change::words)
                            .toList();
        } catch (IOException e) {
            throw untold(files, e);
        }
    }

    /**
     * Sees to it that Vagrant finds what was copied, or what a person wants it to find.
     *
     * @param say gets a sentence about what was done, if anything had changed
     * @throws ExpectedFailure if something has changed that may not be used and was not put back
     */
    public static void check(SandboxFiles files, WhenChanged then, Consumer<String> say) {
        try {
            var kept = KeptCode.of(files);
            List<KeptCode.Change> changes =
                    kept.isEmpty() ? List.of() : kept.get().changes(files);
            if (changes.isEmpty()) {
                return;
            }
            switch (then) {
                case USE ->
                    say.accept("Vagrant runs on this machine what was changed in the sandbox: " + words(changes) + ".");
                case REFUSE -> throw refused(files, changes);
                case RESTORE -> {
                    Restorer restorer = new Restorer(files, kept.get());
                    restorer.restore(changes);
                    List<KeptCode.Change> left = kept.get().changes(files);
                    if (!left.isEmpty()) {
                        throw ExpectedFailure.failed(
                                "In " + files.id() + " this was put back and is changed again: " + words(left) + ".",
                                "Something writes there: a guest with a share of that folder, most often. Try again.");
                    }
                    say.accept("Changed since the copy, and put back before Vagrant ran: " + words(changes)
                            + ". What was there lies in " + restorer.aside() + ".");
                }
            }
        } catch (IOException e) {
            throw untold(files, e);
        }
    }

    private static ExpectedFailure refused(SandboxFiles files, List<KeptCode.Change> changes) {
        if (CodeRenewal.pending(files)) {
            return ExpectedFailure.failed(
                    "An update of the code of " + files.id()
                            + " was cut off, so that it is neither the old nor the new.",
                    "corral update " + files.id() + " ends it, and so does any command on its VMs.");
        }
        return ExpectedFailure.failed(
                "Vagrant would run on this machine what was changed in " + files.id() + " since it was copied: "
                        + words(changes) + ".",
                "If a guest did that, say --changed restore, which takes the copies that were kept; if it was you, --changed use. "
                        + WhenChanged.VARIABLE + " says it for all commands.");
    }

    private static String words(List<KeptCode.Change> changes) {
        List<String> first =
                changes.stream().limit(SHOWN).map(KeptCode.Change::words).toList();
        return String.join(", ", first) + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "");
    }

    private static ExpectedFailure untold(SandboxFiles files, IOException failure) {
        return ExpectedFailure.failed(
                "Whether the files of " + files.id() + " are still what was copied can't be made sure: "
                        + PlainText.line(String.valueOf(failure.getMessage()), 300) + ".",
                "Give yourself access to what it names, then try again; a destroy goes on without Vagrant where it can.",
                failure);
    }
}
