package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long operations take, and how far one has come. */
@Tag("unit")
class OperationTimesTest {
    @TempDir
    Path temp;

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

    @Test
    void onlyTheLastNineCount() throws Exception {
        OperationTimes times = new OperationTimes(temp.resolve("history.jsonl"));
        for (int seconds : new int[] {1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9}) {
            times.note(OperationKind.START, "/a/Vagrantfile", Duration.ofSeconds(seconds));
        }
        assertThat(times.usual(OperationKind.START, "/a/Vagrantfile")).contains(Duration.ofSeconds(9));
        times.note(OperationKind.DESTROY, "/a/Vagrantfile", Duration.ofMillis(1234));
        assertThat(times.usual(OperationKind.DESTROY, "/a/Vagrantfile")).contains(Duration.ofMillis(1234));
    }

    @Test
    void aTornOrStrangeLineCostsOnlyItself() throws Exception {
        Path file = Files.writeString(temp.resolve("history.jsonl"), """
                {"vagrantfile":"/a/Vagrantfile","seconds":7}
                {"seconds":1}
                {"vagrantfile":"/a/Vagr
                "seconds":2}
                {"vagrantfile":"/a/Vagrantfile","seconds":7,"later":true}
                """);
        OperationTimes times = new OperationTimes(file);
        assertThat(times.usual(OperationKind.START, "/a/Vagrantfile")).contains(Duration.ofSeconds(7));
        assertThat(times.usual(OperationKind.HALT, "/a/Vagrantfile")).isEmpty();
    }

    @Test
    void aLongHistoryLosesItsOlderHalfAndKeepsTheNewest() throws Exception {
        Path file = temp.resolve("history.jsonl");
        OperationTimes times = new OperationTimes(file);
        for (int number = 0; number < 500; number++) {
            times.note(OperationKind.START, "/" + number, Duration.ofSeconds(1));
        }
        assertThat(Files.readAllLines(file)).hasSize(500);
        times.note(OperationKind.START, "/500", Duration.ofSeconds(1));
        assertThat(Files.readAllLines(file)).hasSize(251).last().asString().contains("/500");
        assertThat(times.usual(OperationKind.START, "/249")).isEmpty();
        assertThat(times.usual(OperationKind.START, "/250")).isPresent();
    }

    @Test
    void progressFollowsTheJournal() {
        OperationProgress begun = OperationProgress.begun(0);
        assertThat(begun.words()).isEmpty();
        OperationProgress queued = begun.after(JournalEntry.queued("w", 2));
        assertThat(queued.words()).isEqualTo("queued, place 2");
        assertThat(queued.after(JournalEntry.queued("w", 0)).words()).isEqualTo("queued");
        assertThat(queued.after(JournalEntry.of(Event.QUEUED, "w")).words()).isEqualTo("queued");
        OperationProgress boots = queued.after(JournalEntry.phase("w", Phase.of(PhaseKind.BOOT, "db"), Instant.EPOCH));
        assertThat(boots.words()).isEqualTo("boot");
        assertThat(boots.queued()).isEmpty();
        assertThat(boots.after(JournalEntry.machine("w", "db", null))).isSameAs(boots);
        OperationProgress item = begun.after(JournalEntry.phase("w", Phase.ofItem("x", "delete it"), Instant.EPOCH));
        assertThat(item.words()).as("one item of an unknown number").isEmpty();
    }

    @Test
    void ofItemsTheSettledOnesAreCounted() {
        OperationProgress three = OperationProgress.begun(3);
        assertThat(three.words()).isEqualTo("0 of 3");
        OperationProgress one = three.after(JournalEntry.phase("w", Phase.ofItem("x", "delete it"), Instant.EPOCH))
                .after(JournalEntry.phaseEnded("w", Phase.ofItem("x", "delete it"), null));
        assertThat(one.words()).isEqualTo("1 of 3");
        assertThat(one.settled()).isEqualTo(1);
        assertThat(one.phase()).contains(Phase.ofItem("x", "delete it"));
    }
}
