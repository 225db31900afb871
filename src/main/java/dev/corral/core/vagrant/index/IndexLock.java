package dev.corral.core.vagrant.index;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.Dialogue;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Vagrant's own lock on its machine index, held by a helper process. Vagrant locks with {@code flock}, which Java's locks
 * do not respect: theirs are of another family. While it is held no Vagrant can read or write the index nor begin to work
 * on one of its machines. It is let go when it is closed and when this process ends, however it ends.
 */
final class IndexLock implements AutoCloseable {
    /** Under Vagrant's lock everything takes milliseconds. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final int BUSY = 75;
    // The new index is put in place by the process that holds the lock: without the lock, no change.
    private static final String HELPER = """
            exec 2>/dev/null
            echo locked
            while read -r verb word; do
                case $verb in
                    free)
                        if [ ! -e "$word.lock" ] && [ ! -L "$word.lock" ]; then echo yes
                        elif flock -n 9 9<"$word.lock"; then echo yes
                        else echo no
                        fi ;;
                    replace) if mv -f -- "$word" index; then echo yes; else echo no; fi ;;
                esac
            done
            """;

    private final Dialogue helper;
    private final Path folder;

    private IndexLock(Dialogue helper, Path folder) {
        this.helper = helper;
        this.folder = folder;
    }

    /**
     * Takes the lock.
     *
     * @param folder   the index's folder
     * @param patience how long to wait for a Vagrant that holds it
     * @throws ExpectedFailure if it can not be had
     */
    static IndexLock take(Path folder, Duration patience) {
        Path lock = folder.resolve("index.lock");
        try {
            if (Files.notExists(lock)) {
                // Vagrant must be able to open it, also when we are somebody else.
                IndexFolder.create(lock, folder.resolve("index"));
            }
            Dialogue helper = Processes.startDialogue(
                    List.of(
                            "flock",
                            "-x",
                            "-w",
                            Long.toString(patience.toSeconds()),
                            "-E",
                            Integer.toString(BUSY),
                            "index.lock",
                            "/bin/sh",
                            "-c",
                            HELPER),
                    folder,
                    Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C"));
            IndexLock held = new IndexLock(helper, folder);
            try {
                if (helper.hear(patience.plus(ANSWER)).filter("locked"::equals).isPresent()) {
                    return held;
                }
            } catch (TimeoutException | IOException e) {
                held.close();
                throw refused(folder, e);
            }
            boolean busy = helper.exitCode().filter(code -> code == BUSY).isPresent();
            held.close();
            throw busy
                    ? ExpectedFailure.failed(
                            "A Vagrant command has held Vagrant's machine index for more than " + patience.toSeconds()
                                    + " s.",
                            "Wait until it has ended, then try again.")
                    : refused(folder, null);
        } catch (IOException e) {
            throw refused(folder, e);
        }
    }

    private static ExpectedFailure refused(Path folder, @Nullable Exception cause) {
        return ExpectedFailure.failed(
                "Vagrant's lock on the machine index in " + folder + " can't be taken.",
                "Check that the program flock (util-linux) is installed and that you may write in that folder.",
                cause);
    }

    /** Whether no Vagrant works on this machine; what can not be told counts as work. */
    boolean free(String uuid) {
        return answer("free " + uuid);
    }

    /**
     * Puts a file of the folder in the index's place.
     *
     * @throws ExpectedFailure if that fails; the index is as it was then
     */
    void replace(Path file) {
        if (!answer("replace " + file.getFileName())) {
            throw ExpectedFailure.failed(
                    "Vagrant's machine index in " + folder + " can't be replaced.",
                    "Check that you may write in that folder.");
        }
    }

    private boolean answer(String question) {
        try {
            return helper.ask(question, ANSWER)
                    .orElseThrow(() -> new IOException("the holder of the lock has ended"))
                    .equals("yes");
        } catch (IOException | TimeoutException e) {
            throw ExpectedFailure.failed(
                    "Vagrant's lock on the machine index in " + folder + " was lost.", "Try again.", e);
        }
    }

    @Override
    public void close() {
        helper.close();
    }
}
