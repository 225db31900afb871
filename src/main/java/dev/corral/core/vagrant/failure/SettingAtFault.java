package dev.corral.core.vagrant.failure;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the line of a Vagrantfile that a failure comes from, where Vagrant does not say it: some failures come from one setting only, and
 * most files have that once.
 */
public final class SettingAtFault {
    private static final Pattern COMMENT = Pattern.compile("^\\s*#");
    private static final Pattern VALUE =
            Pattern.compile("^The Vagrantfile gives \\S+ (?:port|the address) (\\S+), which ");
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d+)\\b");
    private static final Pattern LAST = Pattern.compile("([\\w./:-]*[\\w/])\\W*$");

    // By the kind of failure: what the line has; WORD stands for the word of the sentence that tells which of several
    // it is.
    private static final String WORD = "WORD";
    private static final String NETWORK = "private_network|public_network";
    private static final String SERVER = "\\.ssh\\.(?:port|guest_port|host)\\b";
    private static final Map<String, Line> LINES = Map.ofEntries(
            Map.entry("memory-short", Line.with("\\.memory\\b|--memory")),
            Map.entry("port-in-use", new Line("forwarded_port.*\\bWORD\\b", NUMBER)),
            Map.entry("qemu-port", new Line("\\bWORD\\b", NUMBER)),
            Map.entry("ports-exhausted", Line.with("usable_port_range")),
            Map.entry("network-clash", Line.with(NETWORK)),
            Map.entry("libvirt-network-overlap", Line.with(NETWORK)),
            Map.entry("libvirt-network-mismatch", Line.with("private_network|libvirt__network_name")),
            Map.entry("network-kind", Line.with("_network")),
            Map.entry("libvirt-pool", Line.with("storage_pool_name")),
            Map.entry("libvirt-cpu", Line.with("\\.cpu_mode\\b|\\.cpu_model\\b")),
            Map.entry("no-address", Line.with("\\.(?:kernel|initrd|cmd_line)\\s*=")),
            Map.entry("ssh-login", Line.with("\\.ssh\\.(?:username|password|private_key_path|insert_key)\\b")),
            Map.entry("ssh-not-served", Line.with(SERVER)),
            Map.entry("ssh-refused", Line.with(SERVER)),
            Map.entry("ssh-silent", Line.with(SERVER)),
            Map.entry("folder-type", Line.with("synced_folder")),
            Map.entry("nfs-absent", Line.with("synced_folder.*nfs")),
            Map.entry("rsync-guest", Line.with("synced_folder")),
            Map.entry("box-absent", Line.with("\\.vm\\.box(?:_url)?\\s*=")),
            Map.entry("box-not-there", Line.with("\\.vm\\.box(?:_url)?\\s*=")),
            Map.entry("box-other-provider", Line.with("\\.vm\\.box\\s*=")),
            Map.entry("box-version", Line.with("box_version")),
            Map.entry("unknown-part", new Line("\\.WORD\\b", LAST)),
            Map.entry("unknown-setting", new Line("\\bWORD\\b", LAST)),
            Map.entry("unknown-provisioner", new Line("\\bWORD\\b", LAST)));

    private SettingAtFault() {}

    /**
     * How the line is found.
     *
     * @param pattern what it has
     * @param word    finds the word in the failure's sentence, where one is needed
     */
    private record Line(String pattern, Pattern word) {
        static Line with(String pattern) {
            return new Line(pattern, NUMBER);
        }

        boolean in(String line, String sentence) {
            if (!pattern.contains(WORD)) {
                return Pattern.compile(pattern).matcher(line).find();
            }
            Matcher found = word.matcher(sentence);
            return found.find()
                    && Pattern.compile(pattern.replace(WORD, Pattern.quote(found.group(1))))
                            .matcher(line)
                            .find();
        }
    }

    /** The line, from 1, of the only one in this text that it can come from; 0 when none or several can be meant. */
    public static int line(Diagnosis failure, String vagrantfile) {
        Line wanted = LINES.get(failure.kind());
        if (wanted == null) {
            return 0;
        }
        return only(vagrantfile, line -> wanted.in(line, failure.sentence()));
    }

    /** The line of the only place that gives a machine the port or address of which a sentence says that it has it; 0 as above. */
    public static int ofValue(String sentence, String vagrantfile) {
        Matcher found = VALUE.matcher(sentence);
        return found.find() ? only(vagrantfile, line -> holds(line, found.group(1))) : 0;
    }

    private static boolean holds(String line, String value) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(value) + "(?![\\w.])")
                .matcher(line)
                .find();
    }

    private static int only(String vagrantfile, Predicate<String> wanted) {
        List<String> lines = vagrantfile.lines().toList();
        int[] found = IntStream.range(0, lines.size())
                .filter(index -> !COMMENT.matcher(lines.get(index)).find() && wanted.test(lines.get(index)))
                .limit(2)
                .toArray();
        return found.length == 1 ? found[0] + 1 : 0;
    }
}
