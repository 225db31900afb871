package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.GuestFileException;
import dev.corral.core.ssh.GuestFiles;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The folders of a guest for a person who looks around in it. It needs no SFTP, which guests may lack and which knows no other user, but
 * the programs that every Linux has. Paths are absolute. Nothing but ordinary files is ever opened. All methods block and throw
 * {@link ExpectedFailure} where the guest does not let us or can't be reached.
 */
public final class GuestFolders {
    /** The most entries of a folder that are told. */
    public static final int MOST_ENTRIES = 20_000;

    static final int MOST_BYTES = 4 << 20;
    private static final Duration LISTING = Duration.ofSeconds(60);
    private static final Duration CHANGE = Duration.ofMinutes(10);
    private static final Duration TEXT = Duration.ofSeconds(60);
    private static final int SAID = 8 * 1024;
    private static final int AT_ONCE = 200;
    private static final int MOST_OWNERS = 200;
    private static final int MOST_NAMES = 64 << 10;

    private static final int DIRECTORY = 91;
    private static final int TOO_LARGE = 93;
    private static final int NOT_ORDINARY = 94;
    private static final int NO_PROGRAMS = 95;
    private static final int EXISTS = 96;

    private static final String PROGRAMS = "PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C; export PATH LC_ALL\n";

    /**
     * Parts that end with a NUL: where it is, then what {@link ListingParser} reads. Where find can print by itself each entry costs one
     * look and no program; the names of owners are looked up once for all, since that takes longer than the rest. Elsewhere stat prints:
     * the entries, and what links lead to.
     */
    static final String LIST = PROGRAMS + """
            for p in find head; do command -v $p >/dev/null || exit %1$d; done
            if [ -n "$1" ] && [ ! -d "$1" ]; then
                [ -e "$1" ] && echo "Not a directory" >&2 || echo "No such file or directory" >&2
                exit 1
            fi
            [ -z "$1" ] || cd "$1" 2>/dev/null || { echo "Permission denied" >&2; exit 1; }
            [ -r . ] || { echo "Permission denied" >&2; exit 1; }
            pwd -P
            printf '\\0'
            if find . -maxdepth 0 -printf '' 2>/dev/null; then
                u= g=
                for i in $(find . -mindepth 1 -maxdepth 1 -printf 'u%%U\\ng%%G\\n' 2>/dev/null | sort -u | head -n %2$d); do
                    case $i in u*) u="$u ${i#u}" ;; g*) g="$g ${i#g}" ;; esac
                done
                echo =
                [ -z "$u" ] || { getent passwd $u || cat /etc/passwd; } 2>/dev/null | head -c %3$d
                printf '\\0'
                [ -z "$g" ] || { getent group $g || cat /etc/group; } 2>/dev/null | head -c %3$d
                printf '\\0'
                find . -mindepth 1 -maxdepth 1 -printf '%%y %%m %%s %%Ts %%U %%G\\0%%f\\0%%l\\0%%Y\\0' 2>/dev/null | head -c "$2"
                exit 0
            fi
            command -v stat >/dev/null || exit %1$d
            find . -mindepth 1 -maxdepth 1 -exec stat -c '/%%f %%s %%Y %%u %%g %%U %%G/%%n' {} + 2>/dev/null | head -c "$2"
            printf '\\0'
            find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c '/%%f/%%n' {} + 2>/dev/null | head -c "$2"
            printf '\\0'
            exit 0
            """.formatted(NO_PROGRAMS, MOST_OWNERS, MOST_NAMES);

    private static final String READ = PROGRAMS + """
            [ ! -d "$1" ] || exit %1$d
            if [ ! -f "$1" ]; then
                [ ! -e "$1" ] || exit %2$d
                echo "No such file or directory" >&2
                exit 1
            fi
            size=$(stat -L -c %%s "$1") || exit 1
            [ "$size" -le "$2" ] || exit %3$d
            exec cat "$1"
            """.formatted(DIRECTORY, NOT_ORDINARY, TOO_LARGE);

    private static final String MAKE = PROGRAMS + """
            [ ! -d "$1" ] || exit %1$d
            exec mkdir "$1"
            """.formatted(EXISTS);

    private static final String RENAME = PROGRAMS + """
            if [ -e "$2" ] || [ -L "$2" ]; then exit %1$d; fi
            exec mv "$1" "$2"
            """.formatted(EXISTS);

    private final GuestConnection connection;
    private final Optional<String> user;

    /** @param user the guest's user to act as, through sudo; empty: the login user */
    public GuestFolders(GuestConnection connection, Optional<String> user) {
        this.connection = connection;
        this.user = user;
    }

    /** Who looks. */
    public String user() {
        return user.orElse(connection.endpoint().user());
    }

    /** What a folder has; of an empty path, the login user's home. */
    public GuestListing list(String path) throws InterruptedException {
        String folder = path.isEmpty() ? path : GuestPaths.absolute(path);
        ExecResult result = exec(
                ExecRequest.of("/bin/sh", "-c", LIST, "sh", folder, Integer.toString(MOST_BYTES))
                        .withCaptureLimit(3 * MOST_BYTES + 16 * 1024),
                path,
                LISTING);
        if (result.exitCode() == NO_PROGRAMS) {
            throw ExpectedFailure.failed(
                    "The guest has no find, head or stat, so its folders can not be listed.", "Use its terminal.");
        }
        check(result, path.isEmpty() ? "the home of " + user() : path);
        return ListingParser.parse(result.stdout(), MOST_ENTRIES, MOST_BYTES);
    }

    /** What the guest has mounted, as its own {@code /proc/self/mounts} says; empty where it has none. */
    public Optional<String> mounts() throws InterruptedException {
        ExecResult result = exec(
                ExecRequest.of("/bin/cat", "/proc/self/mounts").withCaptureLimit(MOST_BYTES),
                "/proc/self/mounts",
                LISTING);
        return result.succeeded() ? Optional.of(result.stdoutText()) : Optional.empty();
    }

    /**
     * Reads an ordinary file, or what a link to one leads to.
     *
     * @param limit    the largest size in bytes that is wanted
     * @param to       gets the contents
     * @param passedOn told of each piece's length
     */
    public void read(String path, long limit, OutputStream to, LongConsumer passedOn) throws InterruptedException {
        read(path, limit, to, passedOn, Optional.empty());
    }

    /** Reads an ordinary file that is small, within a minute. */
    public void readText(String path, long limit, OutputStream to) throws InterruptedException {
        read(path, limit, to, length -> {}, Optional.of(TEXT));
    }

    private void read(String path, long limit, OutputStream to, LongConsumer passedOn, Optional<Duration> time)
            throws InterruptedException {
        LimitedOutput limited = new LimitedOutput(to, limit, passedOn);
        ExecRequest request = ExecRequest.of(
                        "/bin/sh", "-c", READ, "sh", GuestPaths.absolute(path), Long.toString(limit))
                .withStdout(limited)
                .withCaptureLimit(SAID);
        ExecResult result;
        try {
            result = time.isPresent()
                    ? exec(request, path, time.get())
                    : connection.exec(user.map(request::withUser).orElse(request));
        } catch (ExpectedFailure e) {
            // Files such as those below /proc tell no size beforehand.
            throw limited.overflowed() ? FolderFailures.tooLarge(path, limit) : e;
        }
        switch (result.exitCode()) {
            case DIRECTORY -> throw ExpectedFailure.failed("This is a folder: " + FolderFailures.shown(path), "");
            case NOT_ORDINARY -> throw FolderFailures.notOrdinary(path);
            case TOO_LARGE -> throw FolderFailures.tooLarge(path, limit);
            default -> check(result, path);
        }
    }

    /**
     * Makes a file hold this, in one step where that changes nothing else; one that exists keeps its mode. Whoever calls it has seen that
     * no device or pipe has that name.
     *
     * @param length how many bytes the contents have
     */
    public void write(String path, InputStream contents, long length) throws InterruptedException {
        try {
            new GuestFiles(connection, user).write(GuestPaths.absolute(path), contents, length);
        } catch (GuestFileException e) {
            throw FolderFailures.of(path, user(), e);
        }
    }

    /**
     * Makes a folder.
     *
     * @return false if it is there already
     */
    public boolean makeFolder(String path) throws InterruptedException {
        ExecResult result = exec(ExecRequest.of("/bin/sh", "-c", MAKE, "sh", GuestPaths.absolute(path)), path, TEXT);
        if (result.exitCode() == EXISTS) {
            return false;
        }
        check(result, path);
        return true;
    }

    /** Gives something another name in the same folder, unless something has that. */
    public void rename(String folder, String name, String other) throws InterruptedException {
        String from = GuestPaths.absolute(GuestPaths.child(folder, GuestPaths.typed(name)));
        String to = GuestPaths.absolute(GuestPaths.child(folder, GuestPaths.typed(other)));
        ExecResult result = exec(ExecRequest.of("/bin/sh", "-c", RENAME, "sh", from, to), from, TEXT);
        if (result.exitCode() == EXISTS) {
            throw ExpectedFailure.failed(
                    "There is something of that name already: " + FolderFailures.shown(other),
                    "It was left as it is. Take another name.");
        }
        check(result, from);
    }

    /** Deletes things of a folder with all that is below them; links themselves, not what they lead to. */
    public void delete(String folder, List<String> names) throws InterruptedException {
        for (List<String> some : chunks(names)) {
            List<String> words = new ArrayList<>(List.of("rm", "-rf", "--"));
            for (String name : some) {
                words.add(GuestPaths.absolute(GuestPaths.child(folder, GuestPaths.typed(name))));
            }
            check(exec(ExecRequest.of(words), folder, CHANGE), folder);
        }
    }

    /** Lets everybody who may read these files run them. */
    void makeExecutable(List<String> paths) throws InterruptedException {
        for (List<String> some : chunks(paths)) {
            List<String> words = new ArrayList<>(List.of("chmod", "+x", "--"));
            words.addAll(some);
            check(exec(ExecRequest.of(words), some.getFirst(), TEXT), some.getFirst());
        }
    }

    private static List<List<String>> chunks(List<String> names) {
        List<List<String>> chunks = new ArrayList<>();
        for (int at = 0; at < names.size(); at += AT_ONCE) {
            chunks.add(names.subList(at, Math.min(names.size(), at + AT_ONCE)));
        }
        return chunks;
    }

    private ExecResult exec(ExecRequest request, String path, Duration limit) throws InterruptedException {
        ExecRequest bounded = request.withTimeout(limit);
        if (request.captureLimit() == ExecRequest.DEFAULT_CAPTURE_LIMIT) {
            bounded = bounded.withCaptureLimit(SAID);
        }
        ExecResult result = connection.exec(user.map(bounded::withUser).orElse(bounded));
        if (result.timedOut()) {
            throw ExpectedFailure.failed(
                            "The guest took longer than " + limit.toSeconds() + " s for " + FolderFailures.shown(path)
                                    + ".",
                            "It may be busy, or the folder lies on a file system that does not answer.")
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        }
        return result;
    }

    private void check(ExecResult result, String path) {
        if (result.exitCode() != 0) {
            throw FolderFailures.of(path, user(), result.stderrText().strip());
        }
    }
}
