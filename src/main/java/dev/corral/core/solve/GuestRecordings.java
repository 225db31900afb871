package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The recordings that Inspect's human agent makes of logins, in the guest. What they show is brought out, not what was typed: a password is
 * typed. The guest decides about names, sizes and content, so all three are bounded and checked. Blocks.
 */
final class GuestRecordings {
    static final String FOLDER = "/var/tmp/user-sessions";

    private static final int MOST_FILES = 100;
    private static final int LARGEST = 8 << 20;
    private static final int MOST_BYTES = 16 << 20;
    private static final int NONE = 3;
    private static final int LONGEST_HEAD = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,100}\\.(?:timing|output)");

    // The timing first: what comes after it into the output is not missed. A file that grows meanwhile is taken as far
    // as it was. A name that is none of a recording's is passed over there: a line's end in it would be taken for the
    // head's. A size with a plus is that of a part; one file more than are taken gets a head only.
    private static final String SCRIPT = """
            LC_ALL=C; export LC_ALL
            cd "$1" 2>/dev/null || exit 3
            n=0
            for f in *.timing *.output; do
              case "$f" in *[!A-Za-z0-9_.-]*) continue ;; esac
              [ -f "$f" ] && [ ! -h "$f" ] && [ -r "$f" ] || continue
              n=$((n + 1)); [ $n -le $2 ] || { printf '0+ %s\\n' "$f"; break; }
              s=$(head -c $(($3 + 1)) -- "$f" | wc -c); s=$((s + 0)); part=
              [ $s -le $3 ] || { s=$3; part=+; }
              printf '%s%s %s\\n' "$s" "$part" "$f"; head -c "$s" -- "$f"
            done
            """;

    /**
     * What the guest sent.
     *
     * @param files the content of each, by name
     * @param whole whether that is all it has, each to its end
     */
    record Sent(Map<String, byte[]> files, boolean whole) {}

    private GuestRecordings() {}

    /**
     * Brings them into a folder. One that is there with more in it stays. Of a guest that takes too long, what has come whole is kept.
     *
     * @param patience how long the guest may take over it
     * @return what was brought
     * @throws ExpectedFailure      if the guest can't be asked, or what it says makes no sense
     * @throws IOException          if they can't be written
     * @throws InterruptedException if the thread is interrupted
     */
    static BroughtRecordings fetch(GuestShell guest, Optional<String> user, Path folder, Duration patience)
            throws IOException, InterruptedException {
        ExecRequest request = ExecRequest.of(
                        "/bin/sh", "-c", SCRIPT, "sh", FOLDER, Integer.toString(MOST_FILES), Integer.toString(LARGEST))
                .withCaptureLimit(MOST_BYTES)
                .withTimeout(patience);
        ExecResult said = guest.exec(user.map(request::withUser).orElse(request));
        if (said.exitCode() == NONE) {
            return BroughtRecordings.NONE;
        }
        boolean cut = said.timedOut() || said.truncated();
        Sent sent = said.succeeded() || cut ? sent(said.stdout(), cut) : new Sent(Map.of(), false);
        if (!said.succeeded() && !said.truncated() && sent.files().isEmpty()) {
            throw ExpectedFailure.failed(
                            "The recordings in the machine could not be read.",
                            "See whether the machine still answers.")
                    .withDetails(PlainText.line(said.stderrText(), 500));
        }
        List<String> brought = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : sent.files().entrySet()) {
            if (keep(folder, file.getKey(), file.getValue())) {
                brought.add(file.getKey());
            }
        }
        return new BroughtRecordings(brought, sent.whole());
    }

    /**
     * The files that the guest sent; what comes after a head that makes no sense is refused.
     *
     * @param cut whether what it sent has no end
     */
    static Sent sent(byte[] sent, boolean cut) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        boolean whole = !cut;
        int at = 0;
        while (at < sent.length && files.size() < MOST_FILES) {
            int end = at;
            while (end < sent.length && end - at < LONGEST_HEAD && sent[end] != '\n') {
                end++;
            }
            String head = new String(sent, at, end - at, StandardCharsets.UTF_8);
            int blank = head.indexOf(' ');
            boolean part = blank > 0 && head.charAt(blank - 1) == '+';
            int size = blank < 0 ? -1 : size(head.substring(0, part ? blank - 1 : blank));
            if (size < 0 || end + 1 + (long) size > sent.length) {
                if (cut) {
                    return new Sent(files, false);
                }
                throw ExpectedFailure.failed(
                        "What the machine says of its recordings makes no sense.",
                        "Somebody in it may have changed them meanwhile; try again.");
            }
            files.put(head.substring(blank + 1), Arrays.copyOfRange(sent, end + 1, end + 1 + size));
            at = end + 1 + size;
            whole &= !part;
        }
        return new Sent(files, whole && at >= sent.length);
    }

    private static int size(String digits) {
        return digits.matches("\\d{1,8}") ? Integer.parseInt(digits) : -1;
    }

    /**
     * Keeps one.
     *
     * @return whether it was kept: its name is one of a recording, and none with more in it is there
     * @throws IOException if it can't be written
     */
    static boolean keep(Path folder, String name, byte[] content) throws IOException {
        if (!NAME.matcher(name).matches() || content.length > LARGEST) {
            return false;
        }
        Path file = folder.resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) >= content.length)) {
            return false;
        }
        Files.createDirectories(folder, SafeFiles.privateDirectory());
        SafeFiles.replace(file, content);
        return true;
    }
}
