package dev.corral.core.inventory.items;

import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all layers said, read at about the same time. The items of an inventory follow from it and from nothing else.
 *
 * @param cache     the cache directory
 * @param sandboxes the sandboxes, each joined with its own files
 * @param folders   what else lies in the cache directory
 * @param survey    the hypervisors
 * @param indexes   Vagrant's machine indexes
 * @param runs      runs of Inspect that are alive
 * @param damaged   sandboxes whose manifest is there and can not be understood
 * @param newer     sandboxes whose manifest a newer Corral wrote
 * @param unseen    what may be there of sandboxes that could not be read
 * @param made      ids of all sandboxes that were ever made in this cache directory
 * @param boxes     beginnings of the names of copies of boxes that are installed
 * @param busy      who works in a directory right now: a command of ours that holds its lock, or a Vagrant
 * @param bytes     bytes that the files of each sandbox take
 * @param noted     by what the machines of each sandbox are known at their hypervisors, as its start noted
 * @param faults    why sandboxes are not to be trusted: others than the user could have put something into them
 * @param now       the time
 */
public record Evidence(
        Path cache,
        List<SandboxView> sandboxes,
        List<Folder> folders,
        Survey survey,
        List<IndexSnapshot> indexes,
        List<InspectRun> runs,
        Set<Path> damaged,
        Set<Path> newer,
        Unseen unseen,
        Set<String> made,
        Set<String> boxes,
        Map<Path, Worker> busy,
        Map<Path, DirectorySize> bytes,
        Map<Path, List<MachineIdentity>> noted,
        Map<Path, Fault> faults,
        Instant now) {

    /**
     * Something in the cache directory that is no sandbox.
     *
     * @param path     where it is
     * @param shape    what it is
     * @param bytes    what it takes
     * @param modified when it last changed
     */
    public record Folder(Path path, Shape shape, long bytes, Instant modified) {
        /** What something that is no sandbox can be. */
        public enum Shape {
            /** What a removal that was cut off left behind. */
            TRASH,
            /** A directory with the name of a sandbox and nothing of a VM in it: its start was cut off at once. */
            HALF_MADE,
            /** A link; what it leads to is not looked at. */
            LINK,
            /** A sandbox whose files can't be read. */
            UNREADABLE,
            /** A folder of another user, or one that others can write. */
            UNTRUSTED,
            /** Somebody's own. */
            OTHER
        }
    }

    /**
     * Who works in a directory.
     *
     * @param pid  process id, 0 where it can't be told
     * @param what what it is, for people: {@code Vagrant}, {@code a command of Corral's}
     * @param left whether it only goes on because whoever started it was killed
     */
    public record Worker(long pid, String what, boolean left) {}
}
