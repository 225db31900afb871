package dev.corral.core.vagrant.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.UpOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known failure is recognised by what is really printed. */
@Tag("unit")
class KnownFailuresTest {
    private static final Path BLOCKS = Path.of("src/test/resources/failures/known.txt");

    /** A block of that file. */
    record Block(String kind, String errorClass, String phase, String how, String says, String remedy, String text) {
        @Override
        public String toString() {
            return kind + ": " + text.lines().findFirst().orElse("");
        }

        FailureView explained() {
            UpOutput output = new UpOutput(UpOutput.Listener.NONE);
            output.line("1,web,metadata,provider,libvirt");
            if (!phase.isEmpty()) {
                output.line("1,web,ui,info,==> web: " + phase);
            }
            switch (how) {
                case "lines" -> {
                    text.lines().forEach(line -> output.line("1,web,ui,detail,    web: " + escaped(line)));
                    output.line("1,,error-exit," + errorClass + ",The command responded with a non-zero exit status.");
                }
                case "plain" -> text.lines().forEach(output::line);
                case "error" -> output.line("1,,error-exit," + errorClass + "," + escaped(text));
                default -> assertThat(how).startsWith("exit ");
            }
            int exit = how.startsWith("exit ") ? Integer.parseInt(how.substring(5)) : 1;
            return FailureExplainer.explain(output, exit, "");
        }

        private static String escaped(String text) {
            return text.replace(",", "%!(VAGRANT_COMMA)").replace("\n", "\\n");
        }
    }

    static List<Block> blocks() throws IOException {
        List<Block> found = new ArrayList<>();
        for (String part : Files.readString(BLOCKS).split("(?m)^=== ")) {
            if (part.startsWith("#")) {
                continue;
            }
            int head = part.indexOf("---\n");
            List<String> lines = part.substring(0, head).lines().toList();
            found.add(new Block(
                    lines.get(0),
                    after(lines.get(1)),
                    after(lines.get(2)),
                    after(lines.get(3)),
                    after(lines.get(4)),
                    after(lines.get(5)),
                    part.substring(head + 4).stripTrailing()));
        }
        return found;
    }

    private static String after(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void itIsRecognisedByWhatIsPrinted(Block block) {
        FailureView failure = block.explained();
        assertThat(failure.sentence()).isEqualTo(block.says);
        assertThat(failure.nextStep()).isNotBlank().doesNotContain("{", "[", "}");
        assertThat(failure.layer()).isPresent();
        assertThat(failure.remedy().map(it -> (it.kind() + " " + it.argument()).strip()))
                .isEqualTo(Optional.of(block.remedy).filter(it -> !it.isEmpty()));
        assertThat(failure.cancelled()).isFalse();
    }

    @Test
    void noneIsKnownWithoutAProof() throws IOException {
        assertThat(KnownFailures.names()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(blocks().stream().map(Block::kind).distinct())
                .containsExactlyInAnyOrderElementsOf(KnownFailures.names());
    }

    @Test
    void whatAGuestPrintsIsNoFailureOfThisComputers() {
        Signs signs = new Signs(
                "", "", "bind: Address already in use\nsudo: a password is required\n", PhaseKind.BOOT, "", 1);
        assertThat(KnownFailures.diagnose(signs)).isEmpty();
    }

    @Test
    @Timeout(120)
    void hugeOutputIsSearchedInTime() {
        String text = Stream.of("a: ", "E: ", "Name: x\n", "exports sudo: ")
                .map(part -> part.repeat(200_000))
                .reduce("", String::concat);
        Signs signs = new Signs("Nothing", text, text, PhaseKind.PROVISION, "shell", 1);
        // A pattern that goes back and forth would take hours.
        assertThatCode(() -> KnownFailures.diagnose(signs)).doesNotThrowAnyException();
    }

    @Test
    void whatWasPrintedIsMadePlainAndShort() {
        Signs signs = new Signs(
                "MachineNotFound",
                "machine with the name 'x\u001B[31m" + "y".repeat(5_000) + "' was not found",
                "",
                PhaseKind.LOAD,
                "",
                1);
        assertThat(KnownFailures.diagnose(signs).orElseThrow().sentence())
                .hasSizeLessThan(300)
                .doesNotContain("\u001B");
    }
}
