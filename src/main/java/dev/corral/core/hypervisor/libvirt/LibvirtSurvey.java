package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Volume;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks one connection for everything, in three runs of virsh however much there is. */
final class LibvirtSurvey {
    private LibvirtSurvey() {}

    /**
     * Asks.
     *
     * @param thorough whether running domains are also asked for what they are to be from their next start on
     * @throws IOException if there is no whole answer
     */
    static LibvirtView read(Virsh virsh, boolean thorough) throws IOException {
        List<String> lists = virsh.ask(
                List.of(
                        "list --all --uuid",
                        "list --uuid --state-running",
                        "list --uuid --state-paused",
                        "list --all --uuid --state-shutoff",
                        "list --all --uuid --with-snapshot",
                        "list --all --uuid --with-managed-save",
                        "pool-list --uuid",
                        "net-list --all --uuid",
                        "net-list --uuid"),
                true);
        List<String> domains = Virsh.uuids(lists.get(0));
        Map<String, MachineState> states = new HashMap<>();
        Virsh.uuids(lists.get(1)).forEach(uuid -> states.put(uuid, MachineState.RUNNING));
        Virsh.uuids(lists.get(2)).forEach(uuid -> states.put(uuid, MachineState.PAUSED));
        Virsh.uuids(lists.get(3)).forEach(uuid -> states.put(uuid, MachineState.STOPPED));
        List<String> pools = Virsh.uuids(lists.get(6));

        Questions questions = new Questions();
        domains.forEach(uuid -> questions.add("dumpxml", uuid, "dumpxml " + uuid));
        domains.stream()
                .filter(uuid -> thorough && states.get(uuid) != MachineState.STOPPED)
                .forEach(uuid -> questions.add("later", uuid, "dumpxml --inactive " + uuid));
        Virsh.uuids(lists.get(4))
                .forEach(uuid -> questions.add("snapshots", uuid, "snapshot-list " + uuid + " --name"));
        pools.forEach(uuid -> questions.add("pool", uuid, "pool-dumpxml " + uuid));
        pools.forEach(uuid -> questions.add("volumes", uuid, "vol-list " + uuid));
        Virsh.uuids(lists.get(7)).forEach(uuid -> questions.add("network", uuid, "net-dumpxml " + uuid));
        questions.ask(virsh, true);

        Map<String, Integer> snapshots = new HashMap<>();
        questions
                .answers("snapshots")
                .forEach((uuid, names) -> snapshots.put(uuid, (int)
                        names.lines().filter(line -> !line.isBlank()).count()));
        List<LibvirtXml.Pool> known = each(virsh, questions.answers("pool"), LibvirtXml::pool);
        return new LibvirtView(
                virsh.uri(),
                each(virsh, questions.answers("dumpxml"), LibvirtXml::domain),
                each(virsh, questions.answers("later"), LibvirtXml::domain),
                states,
                snapshots,
                Set.copyOf(Virsh.uuids(lists.get(5))),
                known,
                volumes(virsh, known, questions.answers("volumes")),
                each(virsh, questions.answers("network"), LibvirtXml::network),
                Set.copyOf(Virsh.uuids(lists.get(8))));
    }

    private static <T> List<T> each(Virsh virsh, Map<String, String> answers, Reading<T> reading) throws IOException {
        List<T> all = new ArrayList<>();
        for (String answer : answers.values()) {
            // Nothing: it has gone since the listing, and virsh said so.
            if (!answer.isBlank()) {
                all.add(whole(virsh, answer, reading));
            }
        }
        return all;
    }

    private static List<Volume> volumes(Virsh virsh, List<LibvirtXml.Pool> pools, Map<String, String> listings)
            throws IOException {
        List<Volume> listed = new ArrayList<>();
        for (LibvirtXml.Pool pool : pools) {
            listings.getOrDefault(pool.uuid(), "")
                    .lines()
                    .map(line -> listed(virsh.uri(), pool.name(), line))
                    .flatMap(Optional::stream)
                    .forEach(listed::add);
        }
        // A volume whose file was taken away under libvirt gives an error; all the others are told nevertheless.
        List<String> answers = virsh.ask(
                listed.stream()
                        .map(volume -> "vol-dumpxml --vol " + Virsh.quoted(volume.path()))
                        .toList(),
                false);
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            Volume volume = listed.get(i);
            String answer = answers.get(i);
            volumes.add(
                    answer.isBlank()
                            ? volume
                            : whole(virsh, answer, text -> LibvirtXml.volume(text, volume.where(), volume.pool())));
        }
        return volumes;
    }

    /** A line of {@code vol-list}: name, spaces, path. A name holds no slash, so that the first one begins the path. */
    static Optional<Volume> listed(String uri, String pool, String line) {
        int slash = line.indexOf('/');
        int gap = line.strip().lastIndexOf("   ");
        boolean file = slash > 0 && line.charAt(slash - 1) == ' ';
        if (!file && gap < 0) {
            return Optional.empty();
        }
        String path = file ? line.substring(slash) : line.strip().substring(gap + 3);
        String name = file
                ? line.substring(0, slash).strip()
                : line.strip().substring(0, gap).strip();
        return Optional.of(new Volume(uri, pool, name, path, -1, Optional.empty(), Instant.EPOCH));
    }

    private interface Reading<T> {
        T read(String answer) throws IOException;
    }

    private static <T> T whole(Virsh virsh, String answer, Reading<T> reading) throws IOException {
        try {
            return reading.read(answer);
        } catch (IOException e) {
            throw new IOException(
                    "libvirt (" + virsh.uri() + ") gives an answer that can not be read: " + e.getMessage(), e);
        }
    }

    /** Questions by topic and uuid, and what was answered. */
    private static final class Questions {
        private final List<String[]> asked = new ArrayList<>();
        private List<String> answers = List.of();

        void add(String topic, String uuid, String command) {
            asked.add(new String[] {topic, uuid, command});
        }

        void ask(Virsh virsh, boolean strict) throws IOException {
            answers = virsh.ask(asked.stream().map(question -> question[2]).toList(), strict);
        }

        Map<String, String> answers(String topic) {
            Map<String, String> found = new LinkedHashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                if (asked.get(i)[0].equals(topic)) {
                    found.put(asked.get(i)[1], answers.get(i));
                }
            }
            return found;
        }
    }
}
