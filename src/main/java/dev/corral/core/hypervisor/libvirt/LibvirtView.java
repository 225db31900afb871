package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one connection to libvirt told.
 *
 * @param uri       the connection
 * @param domains   its domains
 * @param later     how running ones are to look from their next start on; told only when it was asked for
 * @param states    their states, by uuid
 * @param snapshots how many snapshots they have, by uuid
 * @param saved     uuids of those with saved memory
 * @param pools     its active pools
 * @param volumes   their volumes
 * @param networks  its networks
 * @param up        uuids of networks that are active
 */
record LibvirtView(
        String uri,
        List<LibvirtDomain> domains,
        List<LibvirtDomain> later,
        Map<String, MachineState> states,
        Map<String, Integer> snapshots,
        Set<String> saved,
        List<LibvirtXml.Pool> pools,
        List<Volume> volumes,
        List<LibvirtXml.Net> networks,
        Set<String> up) {

    /** The volumes by path, and by pool and name for disks that name them so. */
    static final class Index {
        private final Map<String, Volume> paths = new HashMap<>();
        private final Map<String, Volume> names = new HashMap<>();

        Index(List<Volume> volumes) {
            for (Volume volume : volumes) {
                paths.put(volume.path(), volume);
                names.put(volume.pool() + "/" + volume.name(), volume);
            }
        }

        @Nullable
        Volume at(String path) {
            return paths.get(path);
        }

        /** The path of what a disk names; empty if it names nothing that is known. */
        String path(LibvirtDomain.Source source) {
            if (!source.path().isEmpty()) {
                return source.path();
            }
            Volume volume = names.get(source.pool() + "/" + source.volume());
            return volume == null ? "" : volume.path();
        }
    }

    /** The volumes to look up. */
    Index index() {
        return new Index(volumes);
    }
}
