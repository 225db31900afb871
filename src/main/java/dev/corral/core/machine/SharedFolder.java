package dev.corral.core.machine;

import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A synced folder of a machine: as its Vagrantfile means it, and as the guest has it.
 *
 * @param host  the host's folder as the file names it
 * @param guest the guest's folder
 * @param type  its type; empty where the file leaves it to Vagrant and the guest shows none
 * @param state how it is
 */
public record SharedFolder(String host, String guest, String type, State state) {
    private static final Set<String> SHARED = Set.of(
            "nfs", "nfs4", "9p", "virtiofs", "vboxsf", "fuse.sshfs", "cifs", "smb3", "prl_fs", "fuse.vmhgfs-fuse");

    /** How a synced folder is. */
    public enum State {
        /** The guest has it mounted: what changes on one side changes on the other. */
        LIVE("live: a change here is one on this machine"),
        /** It is copied into the guest now and then, and never back. */
        COPIED("copied by up and reload: changes here stay in the guest"),
        /** The file switches it off. */
        OFF("switched off"),
        /** It should be mounted and is not. */
        NOT_MOUNTED("not mounted"),
        /** The file leaves the type to Vagrant, and nothing is mounted there. */
        PERHAPS_COPIED("not mounted: perhaps copied by up and reload"),
        /** The guest could not be asked. */
        UNKNOWN("not known whether it is mounted");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * Those of a machine, in the file's order.
     *
     * @param mounts what the guest has mounted, the kinds of file system by folder; empty where it could not be asked
     */
    public static List<SharedFolder> of(ResolvedMachine machine, Optional<Map<String, String>> mounts) {
        List<SharedFolder> found = new ArrayList<>();
        for (ResolvedMachine.SyncedFolder folder : machine.syncedFolders()) {
            String said = Objects.requireNonNullElse(folder.type(), "");
            String guest = plain(folder.guest());
            String mounted = mounts.map(all -> all.getOrDefault(guest, "")).orElse("");
            boolean live = SHARED.contains(mounted);
            State state = folder.disabled()
                    ? State.OFF
                    : live
                            ? State.LIVE
                            : said.equals("rsync")
                                    ? State.COPIED
                                    : mounts.isEmpty()
                                            ? State.UNKNOWN
                                            : said.isEmpty() ? State.PERHAPS_COPIED : State.NOT_MOUNTED;
            found.add(new SharedFolder(folder.host(), guest, said.isEmpty() && live ? mounted : said, state));
        }
        return List.copyOf(found);
    }

    // Vagrant's paths may end with a slash, mount points never do.
    private static String plain(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether a path of the guest lies in it. */
    public boolean holds(String path) {
        return path.equals(guest) || path.startsWith(guest.equals("/") ? "/" : guest + "/");
    }

    /**
     * What the guest's {@code /proc/self/mounts} says: kinds of file system by folder. What makes no sense is left out.
     *
     * @param text untrusted
     */
    public static Map<String, String> mounts(String text) {
        Map<String, String> mounts = new HashMap<>();
        text.lines().forEach(line -> {
            String[] words = line.split(" ");
            if (words.length >= 3) {
                mounts.put(words[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"), words[2]);
            }
        });
        return mounts;
    }
}
