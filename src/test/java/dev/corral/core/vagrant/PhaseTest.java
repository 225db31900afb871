package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of phases, which older journals have alone. */
@Tag("unit")
class PhaseTest {

    static Stream<Phase> phases() {
        return Stream.concat(
                Stream.of(PhaseKind.values())
                        .filter(kind -> kind != PhaseKind.OTHER && kind != PhaseKind.ITEM)
                        .map(kind -> Phase.of(kind, "db")),
                Stream.of(
                        Phase.of(new Phase.Provisioner("schema", "shell", 0), "db"),
                        Phase.of(new Phase.Provisioner("", "shell", 0), "db"),
                        Phase.of(new Phase.Provisioner("a (b) · c", "ansible_local", 0), "db"),
                        Phase.of(new Phase.Trigger("", "before", "up"), "db"),
                        Phase.of(new Phase.Trigger("Check (the lab)", "after", "Vagrant::Action::Up"), ""),
                        Phase.called("count sheep", "db")));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void whatIsWrittenIsReadAgain(Phase phase) {
        assertThat(Phase.read(phase.words(), phase.machine())).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, OTHER",
                "'', OTHER",
                "' · ', OTHER",
                "'boot · twice', OTHER",
                "'provision · ', OTHER",
                "'provision · ()', PROVISION",
                "'trigger · during up', OTHER",
                "'Provision', OTHER",
                "'a future phase', OTHER"
            })
    void whatStrangersWriteKeepsItsWords(String words, PhaseKind kind) {
        Phase read = Phase.read(words, null);
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.words()).isEqualTo(words == null ? "" : words);
        assertThat(read.machine()).isEmpty();
    }
}
