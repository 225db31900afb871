package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Whole files in a guest, read and written as a user of the guest would, by programs that every Linux has. All methods
 * block. A relative path starts in the login user's home, whoever reads or writes.
 */
public final class GuestFiles {
    private static final String PROGRAMS = "PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C; export PATH LC_ALL\n";
    private static final int DIRECTORY = 91;
    private static final int BROKEN_OFF = 92;
    private static final int TOO_LARGE = 93;

    /**
     * The new contents become the file in one step where that changes nothing else: not for links, devices, files with
     * several names or of somebody else, and not where the directory takes no new file; these are written in place.
     */
    private static final String WRITE = PROGRAMS + """
            f=$1
            case $f in -*) f=./$f ;; esac
            case $f in */) [ -e "$f" ] && exit %1$d ;; esac
            [ ! -d "$f" ] || exit %1$d
            case $f in
                */*) d=${f%%/*}; d=${d:-/} ;;
                *) d=. ;;
            esac
            if [ ! -d "$d" ]; then
                [ ! -e "$d" ] || { echo "$d: Not a directory" >&2; exit 1; }
                mkdir -p "$d" || exit 1
            fi
            in_place() {
                [ ! -e "$f" ] || [ -w "$f" ] || { echo "$f: Permission denied" >&2; exit 1; }
                cat >"$f" || exit 1
                [ ! -f "$f" ] || [ "$(stat -L -c %%s "$f")" = "$2" ] || exit %2$d
                exit 0
            }
            mode=
            if [ -L "$f" ] || [ ! -w "$d" ]; then in_place "$@"; fi
            if [ -e "$f" ]; then
                if [ ! -f "$f" ] || [ ! -w "$f" ] || [ ! -O "$f" ]; then in_place "$@"; fi
                set -- "$1" "$2" $(stat -c '%%h %%a' "$f")
                if [ "$3" != 1 ]; then in_place "$@"; fi
                mode=$4
            fi
            t=$d/.corral-$$
            trap 'rm -f "$t"; exit 1' HUP INT TERM
            cat >"$t" || { rm -f "$t"; exit 1; }
            [ "$(stat -c %%s "$t")" = "$2" ] || { rm -f "$t"; exit %2$d; }
            [ -z "$mode" ] || chmod "$mode" "$t" || { rm -f "$t"; exit 1; }
            mv -f "$t" "$f" || { rm -f "$t"; exit 1; }
            """.formatted(DIRECTORY, BROKEN_OFF);

    private static final String READ = PROGRAMS + """
            case $1 in -*) set -- "./$1" "$2" ;; esac
            [ ! -d "$1" ] || exit %1$d
            size=$(stat -L -c %%s "$1") || exit 1
            [ "$size" -le "$2" ] || exit %2$d
            exec cat "$1"
            """.formatted(DIRECTORY, TOO_LARGE);

    private final GuestConnection connection;
    private final Optional<String> user;

    /** @param user the guest's user to read and write as; empty: the login user */
    public GuestFiles(GuestConnection connection, Optional<String> user) {
        this.connection = connection;
        this.user = user;
    }

    /**
     * Makes the file hold this, and makes the directories above it. A file that exists keeps its mode.
     *
     * @param length   how many bytes the contents have
     * @throws GuestFileException   if the guest does not let us
     * @throws ExpectedFailure      if the machine can not be reached, or is lost on the way: the file is as it was then
     * @throws InterruptedException if the thread was interrupted; the file is as it was, where it could be replaced in one step
     */
    public void write(String path, InputStream contents, long length) throws GuestFileException, InterruptedException {
        check(path);
        ExecResult result =
                connection.exec(as(ExecRequest.of("/bin/sh", "-c", WRITE, "sh", path, Long.toString(length)))
                        .withStdin(contents));
        if (result.exitCode() == BROKEN_OFF) {
            throw ExpectedFailure.failed(
                            "The contents of " + path + " broke off before their end.", "Write the file again.")
                    .withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
        throwFor(path, result.exitCode(), result.stderrText());
    }

    /**
     * Reads the file.
     *
     * @param limit the largest size in bytes that is wanted
     * @param to    gets the contents
     * @throws GuestFileException   if the guest does not let us, or with EFBIG if there is more
     * @throws ExpectedFailure      if the machine can not be reached, or is lost on the way
     */
    public void read(String path, long limit, OutputStream to) throws GuestFileException, InterruptedException {
        check(path);
        LimitedOutput limited = new LimitedOutput(to, limit);
        ExecResult result;
        try {
            result = connection.exec(as(ExecRequest.of("/bin/sh", "-c", READ, "sh", path, Long.toString(limit)))
                    .withStdout(limited));
        } catch (ExpectedFailure e) {
            // Files such as those below /proc tell no size beforehand.
            if (limited.overflowed()) {
                throw new GuestFileException(GuestFileException.Reason.EFBIG, path, "");
            }
            throw e;
        }
        throwFor(path, result.exitCode(), result.stderrText());
    }

    private ExecRequest as(ExecRequest request) {
        return user.map(request::withUser).orElse(request);
    }

    private static void check(String path) throws GuestFileException {
        if (path.isEmpty()) {
            throw new GuestFileException(GuestFileException.Reason.ENOENT, path, "");
        }
    }

    private static void throwFor(String path, int exitCode, String said) throws GuestFileException {
        switch (exitCode) {
            case 0 -> {}
            case DIRECTORY -> throw new GuestFileException(GuestFileException.Reason.EISDIR, path, "");
            case TOO_LARGE -> throw new GuestFileException(GuestFileException.Reason.EFBIG, path, "");
            default ->
                throw new GuestFileException(
                        GuestFileException.Reason.in(said),
                        path,
                        said.isBlank() ? "exit code " + exitCode : said.strip());
        }
    }

    /** Passes on so many bytes and no more. */
    private static final class LimitedOutput extends OutputStream {
        private final OutputStream target;
        private final long limit;
        private long passed;
        private volatile boolean overflowed;

        LimitedOutput(OutputStream target, long limit) {
            this.target = target;
            this.limit = limit;
        }

        boolean overflowed() {
            return overflowed;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (passed + length > limit) {
                overflowed = true;
                throw new IOException("more than " + limit + " bytes");
            }
            passed += length;
            target.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
