package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.operation.OperationTimes;
import dev.corral.core.sandbox.JournalEntry.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals and histories that were cut off or damaged. */
@Tag("unit")
class JournalTest {
    @TempDir
    Path temp;

    @Test
    void aTornLineCostsOnlyItself() throws Exception {
        Journal journal = new Journal(temp.resolve("journal.jsonl"));
        assertThat(journal.read()).isEmpty();
        journal.append(JournalEntry.started("w1", OperationKind.START, new OperationTarget.Sandbox("a")));
        Files.writeString(journal.file(), "{\"at\":\"2026-02-06T10:0", StandardOpenOption.APPEND);
        assertThat(journal.read()).hasSize(1);
        journal.append(JournalEntry.of(Event.WORKFLOW_ENDED, "w1"));
        assertThat(journal.read())
                .extracting(JournalEntry::event)
                .containsExactly(Event.WORKFLOW_STARTED, Event.WORKFLOW_ENDED);
    }

    @Test
    void strangeLinesArePassedOver() throws Exception {
        Path file = temp.resolve("journal.jsonl");
        Files.write(file, """
                null
                []
                {}
                "text"
                {"at":"2026-02-06T10:00:00Z","event":"something_of_tomorrow","workflow":"w"}
                {"at":"2026-02-06T10:00:00Z","event":"WORKFLOW_STARTED","workflow":"w","process":{"pid":1}}
                {"at":"2026-02-06T10:00:01Z","event":"MACHINE_ADDRESS","workflow":"w"}
                {"at":"2026-02-06T10:00:02Z","event":"PHASE","workflow":"w"}
                \u0000\u0001\uFFFD
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(new Journal(file).read())
                .extracting(JournalEntry::event)
                .containsExactly(Event.WORKFLOW_STARTED, Event.MACHINE_ADDRESS, Event.PHASE);
    }

    @Test
    void aListInFrontIsPassedOverToo() throws Exception {
        Path file = temp.resolve("journal.jsonl");
        String line = "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"w\"}\n";
        Files.writeString(file, "[" + line.strip() + "]\n" + line + line);
        assertThat(new Journal(file).read()).hasSize(2);
    }

    @Test
    void theUsualTimeIsTheMedianOfTheLast() throws Exception {
        OperationTimes times = new OperationTimes(temp.resolve("own/history.jsonl"));
        assertThat(times.usual(OperationKind.START, "/a/Vagrantfile")).isEmpty();
        for (int seconds : new int[] {10, 90, 20}) {
            times.note(OperationKind.START, "/a/Vagrantfile", Duration.ofSeconds(seconds));
        }
        times.note(OperationKind.START, "/b/Vagrantfile", Duration.ofSeconds(5));
        assertThat(times.usual(OperationKind.START, "/a/Vagrantfile")).contains(Duration.ofSeconds(20));
        for (int more = 0; more < 600; more++) {
            times.note(OperationKind.START, "/b/Vagrantfile", Duration.ofSeconds(7));
        }
        assertThat(times.usual(OperationKind.START, "/b/Vagrantfile")).contains(Duration.ofSeconds(7));
        times.note(OperationKind.HALT, "/b/Vagrantfile", Duration.ofSeconds(2));
        assertThat(times.usual(OperationKind.HALT, "/b/Vagrantfile")).contains(Duration.ofSeconds(2));
        assertThat(times.usual(OperationKind.RELOAD, "/b/Vagrantfile")).isEmpty();
        assertThat(times.usual(OperationKind.START, "/b/Vagrantfile")).contains(Duration.ofSeconds(7));
        assertThat(Files.readAllLines(temp.resolve("own/history.jsonl"))).hasSizeLessThanOrEqualTo(500);
    }
}
