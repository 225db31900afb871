package dev.corral.core.code;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.diff.ActiveMachine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the machines of a sandbox were made with, kept out of the guests' reach. Who changes it holds the sandbox's lock.
 *
 * @param machines    by Vagrant's name
 * @param snapshots   what they were when a snapshot was saved, by machine and snapshot's name with a slash between them
 * @param unprepared  whether the sample's own files and setup are still to be brought in
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActiveCode(
        Map<String, ActiveMachine> machines, Map<String, ActiveMachine> snapshots, boolean unprepared) {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveCode.class);
    private static final long LARGEST = 64L << 20;

    /** Takes absent maps for empty ones. */
    public ActiveCode {
        machines = machines == null ? Map.of() : Map.copyOf(machines);
        snapshots = snapshots == null ? Map.of() : Map.copyOf(snapshots);
    }

    private static Path file(SandboxFiles files) {
        return files.own().resolve("active.json");
    }

    /**
     * What was kept; nothing for a sandbox of an older Corral, and where it makes no sense any more.
     *
     * @throws IOException if it is there and can't be read
     */
    public static ActiveCode of(SandboxFiles files) throws IOException {
        ActiveCode nothing = new ActiveCode(Map.of(), Map.of(), false);
        try {
            ActiveCode kept = Json.mapper().readValue(OrdinaryFile.read(file(files), LARGEST), ActiveCode.class);
            return kept == null ? nothing : kept;
        } catch (NoSuchFileException e) {
            return nothing;
        } catch (JsonProcessingException e) {
            LOG.warn("{} can't be understood", file(files), e);
            return nothing;
        }
    }

    /** Keeps it, in the place of what was kept before. */
    public void write(SandboxFiles files) throws IOException {
        SafeFiles.replace(file(files), Json.mapper().writeValueAsBytes(this));
    }

    /** The same with this machine as it is now. */
    public ActiveCode with(String name, ActiveMachine machine) {
        return new ActiveCode(put(machines, name, machine), snapshots, unprepared);
    }

    /** The same when the sample's own files and setup are still to come, or are not. */
    public ActiveCode withUnprepared(boolean still) {
        return new ActiveCode(machines, snapshots, still);
    }

    /** The same after a snapshot of a machine was saved. */
    public ActiveCode saved(String name, String snapshot) {
        ActiveMachine now = machines.get(name);
        return now == null ? this : new ActiveCode(machines, put(snapshots, name + "/" + snapshot, now), unprepared);
    }

    /** The same after a machine went back to a snapshot; of one that was saved before this was kept nothing is known. */
    public ActiveCode restored(String name, String snapshot) {
        ActiveMachine then = snapshots.get(name + "/" + snapshot);
        if (then != null) {
            return with(name, then);
        }
        Map<String, ActiveMachine> left = new HashMap<>(machines);
        left.remove(name);
        return new ActiveCode(left, snapshots, unprepared);
    }

    /** The same after a snapshot was removed. */
    public ActiveCode forgotten(String name, String snapshot) {
        Map<String, ActiveMachine> left = new HashMap<>(snapshots);
        left.remove(name + "/" + snapshot);
        return new ActiveCode(machines, left, unprepared);
    }

    private static Map<String, ActiveMachine> put(Map<String, ActiveMachine> map, String key, ActiveMachine value) {
        Map<String, ActiveMachine> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
