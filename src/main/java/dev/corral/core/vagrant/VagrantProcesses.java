package dev.corral.core.vagrant;

import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds a {@code vagrant up} of ours that still works in a directory though nobody noted its process id. */
public final class VagrantProcesses {
    private VagrantProcesses() {}

    /** The processes; none where the system does not tell the directories that processes work in. */
    public static List<ProcessIdentity> upIn(Path directory) {
        List<ProcessIdentity> found = new ArrayList<>();
        ProcessHandle.allProcesses().filter(process -> isUp(process) && worksIn(process.pid(), directory)).forEach(process -> {
            try {
                found.add(ProcessIdentity.of(process.pid()));
            } catch (IllegalArgumentException e) {
                // It has ended meanwhile, which is what is wanted of it.
                return;
            }
        });
        return found;
    }

    private static boolean isUp(ProcessHandle process) {
        return process.info().arguments().map(List::of).filter(arguments -> arguments.contains("up")
                && arguments.containsAll(Vagrant.UP_OPTIONS)).isPresent();
    }

    private static boolean worksIn(long pid, Path directory) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")).equals(directory.toRealPath());
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }
}
