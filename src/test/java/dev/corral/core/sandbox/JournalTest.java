package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.sandbox.JournalEntry.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that were cut off or damaged. */
@Tag("unit")
@Tag("any_user")
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
    void anEntryThatCanNotBeWrittenIsAnError() throws Exception {
        Journal nowhere = new Journal(temp.resolve("gone/journal.jsonl"));
        JournalEntry entry = JournalEntry.of(Event.WORKFLOW_ENDED, "w1");
        assertThatThrownBy(() -> nowhere.append(entry)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> nowhere.appendIfRoom(entry))
                .as("no full disk")
                .isInstanceOf(UncheckedIOException.class);
        Journal journal = new Journal(temp.resolve("journal.jsonl"));
        journal.appendIfRoom(entry);
        assertThat(journal.read()).hasSize(1);
        Path device = Files.createSymbolicLink(temp.resolve("device"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> new Journal(device).read())
                .as("it would never end")
                .isInstanceOf(IOException.class);
    }
}
