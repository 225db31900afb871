package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What operations are called and what they work on, in words and in journals. */
@Tag("unit")
class OperationTargetTest {
    private static final OperationTarget SANDBOX = new OperationTarget.Sandbox("9f3c2a1b");
    private static final OperationTarget MACHINE = new OperationTarget.Machine("9f3c2a1b", "db");
    private static final OperationTarget SAMPLE = new OperationTarget.Sample("9f3c2a1b", "/t.py", "web", "s1");

    @Test
    void eachSaysWhichSandboxAndMachineItIsAbout() {
        assertThat(List.of(SANDBOX, MACHINE, SAMPLE, new OperationTarget.Plan(2)))
                .extracting(OperationTarget::sandbox)
                .containsExactly("9f3c2a1b", "9f3c2a1b", "9f3c2a1b", "");
        assertThat(List.of(SANDBOX, MACHINE, SAMPLE, new OperationTarget.Plan(2)))
                .extracting(OperationTarget::machine)
                .containsExactly("", "db", "", "");
    }

    @Test
    void peopleReadThemInWords() {
        assertThat(List.of(SANDBOX, MACHINE, SAMPLE, new OperationTarget.Plan(1), new OperationTarget.Plan(2)))
                .extracting(OperationTarget::words)
                .containsExactly("9f3c2a1b", "9f3c2a1b/db", "web · s1", "1 item", "2 items");
    }

    @Test
    void withoutAMachineItIsTheWholeSandbox() {
        assertThat(OperationTarget.of("9f3c2a1b", null)).isEqualTo(SANDBOX);
        assertThat(OperationTarget.of("9f3c2a1b", "")).isEqualTo(SANDBOX);
        assertThat(OperationTarget.of("9f3c2a1b", "db")).isEqualTo(MACHINE);
    }

    @Test
    void whatAJournalNotesIsReadAgain() {
        for (OperationTarget target : List.of(SANDBOX, MACHINE, SAMPLE, new OperationTarget.Plan(3))) {
            assertThat(target.noted().target("elsewhere")).isEqualTo(target);
        }
    }

    @Test
    void whatAJournalLeavesOutIsTheSandboxItLiesIn() {
        assertThat(new OperationTarget.Noted(null, null, null, null, null, null, null).target("here"))
                .isEqualTo(new OperationTarget.Sandbox("here"));
        assertThat(new OperationTarget.Noted(null, "db", null, null, null, null, null).target("here"))
                .isEqualTo(new OperationTarget.Machine("here", "db"));
        assertThat(new OperationTarget.Noted(null, null, null, null, null, "s", null).target("here"))
                .isEqualTo(new OperationTarget.Sample("here", "", "", "s"));
    }

    @ParameterizedTest
    @EnumSource(OperationKind.class)
    void eachKindIsFoundByItsWord(OperationKind kind) {
        assertThat(OperationKind.of(kind.word())).isEqualTo(kind);
        assertThat(kind.words()).isEqualTo(String.join(" ", kind.word().split("-")));
        assertThat(kind.title()).isEqualToIgnoringCase(kind.words()).matches("[A-Z].*");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "up, UP",
                "halt, HALT",
                "reload, RELOAD",
                "suspend, SUSPEND",
                "resume, RESUME",
                "provision, PROVISION",
                "snapshot-save, SNAPSHOT_SAVE",
                "snapshot-list, SNAPSHOT_LIST",
                "destroy, DESTROY_MACHINE",
                "start, none",
                "cleanup, none",
                "dance, none",
                "none, none"
            })
    void aVagrantCommandTellsTheKindInOldJournals(String command, OperationKind kind) {
        assertThat(OperationKind.ofCommand(command).orElse(null)).isEqualTo(kind);
    }

    @Test
    void anUnknownWordIsOfAnotherKind() {
        assertThat(OperationKind.of("dance")).isEqualTo(OperationKind.OTHER);
        assertThat(OperationKind.of(null)).isEqualTo(OperationKind.OTHER);
        assertThat(OperationKind.SNAPSHOT_SAVE.title()).isEqualTo("Snapshot save");
    }

    @Test
    void onlyStartAndDestroyDecideASandboxesState() {
        assertThat(Arrays.stream(OperationKind.values()).filter(OperationKind::decidesState))
                .containsExactlyElementsOf(EnumSet.of(OperationKind.START, OperationKind.DESTROY));
        assertThat(Arrays.stream(OperationKind.values()).filter(OperationKind::cleansUp))
                .containsExactlyElementsOf(EnumSet.of(OperationKind.CLEANUP, OperationKind.PRUNE));
    }
}
