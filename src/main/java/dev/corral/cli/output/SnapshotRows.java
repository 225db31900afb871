package dev.corral.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.hypervisor.SnapshotTree;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.operation.NamedSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins the snapshots that Vagrant names with what hypervisors tell of them. Pure. */
public final class SnapshotRows {
    private SnapshotRows() {}

    /**
     * A snapshot as it is printed.
     *
     * @param machine the machine's name as Vagrant says it
     * @param name    its name
     * @param takenAt when it was taken; null where nobody tells
     * @param parent  the one that the machine came from then; null where it came from none, or nobody tells
     * @param depth   how many of the machine's are above it that it came from
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SnapshotRow(
            String machine,
            String name,
            @Nullable Instant takenAt,
            @Nullable String parent,
            int depth) {

        /** For a table: what it came from stands above it. */
        public List<String> cells() {
            return List.of(
                    machine,
                    (depth == 0 ? "" : "· ".repeat(depth - 1) + "└ ") + name,
                    takenAt == null ? "" : takenAt.toString());
        }
    }

    /**
     * The rows by machine, each parent above its children, older ones first where their times are known.
     *
     * @param told the hypervisors' answers by the machine's name; a machine is absent where there is none
     */
    public static List<SnapshotRow> of(List<NamedSnapshot> named, Map<String, List<VmSnapshot>> told) {
        Map<String, List<VmSnapshot>> byMachine = new LinkedHashMap<>();
        for (NamedSnapshot one : named) {
            Optional<VmSnapshot> known = told.getOrDefault(one.machine(), List.of()).stream()
                    .filter(snapshot -> snapshot.name().equals(one.name()))
                    .findFirst();
            byMachine
                    .computeIfAbsent(one.machine(), machine -> new ArrayList<>())
                    .add(known.orElseGet(() -> new VmSnapshot(one.name(), Optional.empty())));
        }
        List<SnapshotRow> rows = new ArrayList<>();
        byMachine.forEach((machine, snapshots) -> {
            snapshots.sort(Comparator.comparing(snapshot -> snapshot.takenAt().orElse(Instant.MIN)));
            SnapshotTree.of(snapshots, snapshot -> snapshot)
                    .forEach(placed -> rows.add(new SnapshotRow(
                            machine,
                            placed.one().name(),
                            placed.one().takenAt().orElse(null),
                            placed.one().parent().orElse(null),
                            placed.depth())));
        });
        return List.copyOf(rows);
    }
}
