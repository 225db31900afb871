package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.process.ProcessIdentity;
import java.util.Objects;

/**
 * The process for which a sandbox lives. A pid alone is not enough, since pids are used again: the start time tells one
 * process from the next, and the boot id tells this boot's clock from the last one's.
 *
 * @param pid          process id
 * @param startTicks   start time in clock ticks since boot, field 22 of {@code /proc/PID/stat}; elsewhere the start
 *                     instant in milliseconds since the epoch
 * @param bootId       the kernel's boot id, empty where there is none
 * @param pidNamespace the pid namespace that the pid belongs to, 0 where that was not noted
 * @param host         the machine, empty where that was not noted
 * @param kind         what sort of process it is
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Owner(long pid, long startTicks, String bootId, long pidNamespace, String host, Kind kind) {

    /** Turns absent words into empty ones. */
    public Owner {
        bootId = Objects.requireNonNullElse(bootId, "");
        host = Objects.requireNonNullElse(host, "");
        Objects.requireNonNull(kind, "kind");
    }

    /** An owner of which neither namespace nor machine was noted. */
    public Owner(long pid, long startTicks, String bootId, Kind kind) {
        this(pid, startTicks, bootId, 0, "", kind);
    }

    /** The process. */
    public ProcessIdentity process() {
        return new ProcessIdentity(pid, startTicks, bootId, pidNamespace, host);
    }

    /** What sort of process owns a sandbox. */
    public enum Kind {
        /** A run of Inspect. */
        INSPECT("inspect"),
        /** The window. */
        CONSOLE("window"),
        /** The command line; such sandboxes are pinned, since the command ends at once. */
        COMMAND_LINE("command line");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word shown to people. */
        public String word() {
            return word;
        }
    }
}
