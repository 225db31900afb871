package dev.corral.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.operation.NamedSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code corral snapshot list} prints. */
@Tag("unit")
class SnapshotRowsTest {
    private static final Instant TAKEN = Instant.parse("2026-11-28T23:29:47Z");

    @Test
    void whatASnapshotCameFromStandsAboveIt() throws Exception {
        List<SnapshotRows.SnapshotRow> rows = SnapshotRows.of(
                List.of(
                        new NamedSnapshot("db", "after"),
                        new NamedSnapshot("db", "clean"),
                        new NamedSnapshot("db", "third"),
                        new NamedSnapshot("web", "clean")),
                Map.of(
                        "db",
                        List.of(
                                new VmSnapshot("clean", Optional.of(TAKEN)),
                                new VmSnapshot("after", Optional.of(TAKEN.plusSeconds(1)), Optional.of("clean")),
                                new VmSnapshot("third", Optional.of(TAKEN.plusSeconds(2)), Optional.of("after")),
                                new VmSnapshot("not Vagrant's", Optional.of(TAKEN)))));
        assertThat(rows)
                .extracting(row -> String.join("|", row.cells()))
                .containsExactly(
                        "db|clean|2026-11-28T23:29:47Z",
                        "db|└ after|2026-11-28T23:29:48Z",
                        "db|· └ third|2026-11-28T23:29:49Z",
                        "web|clean|");
        assertThat(Json.mapper().writeValueAsString(rows.get(1)))
                .isEqualTo("{\"machine\":\"db\",\"name\":\"after\",\"taken_at\":\"2026-11-28T23:29:48Z\","
                        + "\"parent\":\"clean\",\"depth\":1}");
        assertThat(Json.mapper().writeValueAsString(rows.get(3))).contains("\"taken_at\":null,\"parent\":null");
    }
}
