package dev.corral.core.operation.good;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.operation.good.StartChange.Kind;
import dev.corral.core.operation.good.StartFacts.CopiedText;
import dev.corral.core.operation.good.StartFacts.StepTime;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a start differs from the last one that worked. */
@Tag("unit")
class StartComparisonTest {
    private static final Instant AT = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    Path folder;

    private static StartFacts facts(
            Map<String, CopiedText> files,
            Map<String, String> variables,
            Map<String, String> boxes,
            Map<String, String> versions,
            StepTime... steps) {
        return new StartFacts("one", AT, "/home/ada/Vagrantfile", files, variables, boxes, versions, List.of(steps));
    }

    private static final StartFacts GOOD = facts(
            Map.of(
                    "Vagrantfile", new CopiedText("aaaaaaaaaaaaaaaa", "a\nb\nc\n"),
                    "big.img", new CopiedText("1111", null),
                    "old.sh", new CopiedText("2222", "echo\n")),
            Map.of("SIZE", "1", "API_TOKEN", StartFacts.SECRET),
            Map.of("web", "corral/debian 1"),
            Map.of("Vagrant", "2.3.4", "hypervisor", "QEMU 7.2.0"),
            new StepTime("web", "boot", 8_000),
            new StepTime("web", "provision · app (shell)", 500));

    @Test
    void theSameStartHasNoDifferences() {
        assertThat(StartComparison.of(GOOD, GOOD)).isEmpty();
    }

    @Test
    void everyKindOfDifferenceIsTold() {
        StartFacts now = facts(
                Map.of(
                        "Vagrantfile", new CopiedText("bbbbbbbbbbbbbbbb", "a\nB\nc\n"),
                        "big.img", new CopiedText("3333", null),
                        "new.sh", new CopiedText("4444", "true\n")),
                Map.of("SIZE", "2"),
                Map.of("web", "corral/debian 2"),
                Map.of("Vagrant", "2.4.9"),
                new StepTime("web", "boot", 60_000),
                new StepTime("web", "provision · app (shell)", 1_900));
        List<StartChange> changes = StartComparison.of(GOOD, now);
        assertThat(changes)
                .extracting(one -> one.kind().word() + " " + one.what() + ": " + one.before() + " > " + one.after())
                .containsExactly(
                        "file Vagrantfile: aaaaaaaaaaaa > bbbbbbbbbbbb",
                        "file big.img: 1111 > 3333",
                        "file new.sh:  > 4444",
                        "file old.sh: 2222 > ",
                        "variable API_TOKEN: (secret) > ",
                        "variable SIZE: 1 > 2",
                        "box web: corral/debian 1 > corral/debian 2",
                        "version Vagrant: 2.3.4 > 2.4.9",
                        "time web boot: 8.0 s > 60.0 s");
        assertThat(changes.getFirst().diff()).contains("-b\n", "+B\n", " a\n");
        assertThat(changes.get(1).diff()).as("no text").isEmpty();
    }

    @Test
    void whatFailedBeforeTheCopyIsNotComparedFileByFile() {
        StartFacts early = facts(Map.of(), Map.of("SIZE", "9", "API_TOKEN", StartFacts.SECRET), Map.of(), Map.of());
        assertThat(StartComparison.of(GOOD, early))
                .extracting(StartChange::kind)
                .containsExactly(Kind.VARIABLE);
    }

    @Test
    void timesComeFromTheJournalWithoutTheSuffix() {
        List<JournalEntry> entries = List.of(
                JournalEntry.phase("wf", Phase.of(PhaseKind.COPY), AT),
                JournalEntry.phase("other", Phase.of(PhaseKind.COPY), AT.plusSeconds(1)),
                JournalEntry.phase("wf", Phase.of(PhaseKind.CREATE, "web-1234"), AT.plusSeconds(2)),
                JournalEntry.phase("wf", Phase.of(PhaseKind.BOOT, "web-1234"), AT.plusSeconds(5)),
                JournalEntry.phase("wf", Phase.of(PhaseKind.BOOT, "db-1234"), AT.plusSeconds(6)));
        assertThat(StepClock.times(entries, "wf", "-1234"))
                .containsExactly(
                        new StepTime("", PhaseKind.COPY.words(), 2_000),
                        new StepTime("web", PhaseKind.CREATE.words(), 3_000),
                        new StepTime("db", PhaseKind.BOOT.words(), 0),
                        new StepTime("web", PhaseKind.BOOT.words(), 1_000));
    }

    @Test
    void theLastGoodStartOutlivesItsSandbox() throws IOException {
        GoodStarts starts = new GoodStarts(folder);
        SandboxFiles one = SandboxFiles.inOne(Files.createDirectory(folder.resolve("one")));
        starts.keep(one, GOOD, true);
        SandboxFiles two = SandboxFiles.inOne(Files.createDirectory(folder.resolve("two")));
        starts.keep(two, facts(Map.of(), Map.of(), Map.of(), Map.of()), false);
        assertThat(starts.of("/home/ada/Vagrantfile")).contains(GOOD);
        assertThat(GoodStarts.of(two)).isPresent();
        assertThat(starts.of("/home/ada/other")).isEmpty();
        Files.writeString(GoodStarts.own(two), "{nonsense");
        assertThat(GoodStarts.of(two)).as("what is damaged tells nothing").isEmpty();
    }
}
