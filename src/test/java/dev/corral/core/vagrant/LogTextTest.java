package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vagrant's lines as people read them. */
@Tag("unit")
class LogTextTest {
    @ParameterizedTest
    @CsvSource({"error, ERROR", "warn, WARN", "success, SUCCESS", "detail, DETAIL", "info, STEP", "output, STEP"})
    void eachKindOfMessageHasItsLevel(String kind, LogLine.Level level) {
        assertThat(LogText.of("1700000000,web,ui," + kind + ",==> web: text"))
                .containsExactly(new LogLine(Optional.of(Instant.ofEpochSecond(1_700_000_000)), "web", level, "text"));
    }

    @Test
    void whatEndsVagrantIsAnError() {
        assertThat(LogText.of("1,web,error-exit,Some::Error,It broke.\\nBadly."))
                .extracting(LogLine::level, LogLine::machine, LogLine::text)
                .containsExactly(
                        tuple(LogLine.Level.ERROR, "web", "It broke."), tuple(LogLine.Level.ERROR, "web", "Badly."));
    }

    @Test
    void bookkeepingIsNotShown() {
        assertThat(LogText.of("1,web,metadata,provider,libvirt")).isEmpty();
        assertThat(LogText.of("1,web,ui,info")).as("without a text").isEmpty();
        assertThat(LogText.of("   ")).isEmpty();
    }

    @Test
    void aMessageOfSeveralLinesIsSeveral() {
        assertThat(LogText.of("1,web,ui,info,==> web: one\\n==> web: \\n    web: two  "))
                .extracting(LogLine::text)
                .containsExactly("one", "two");
        assertThat(LogText.of("10%\r20%\r\n30%"))
                .extracting(LogLine::text, LogLine::at)
                .containsExactly(
                        tuple("10%", Optional.empty()), tuple("20%", Optional.empty()), tuple("30%", Optional.empty()));
    }

    @Test
    void aLineIsReadByItsCommas() {
        MachineReadable line = MachineReadable.parse("12345678901,a%!(VAGRANT_COMMA)b,state,one\\rtwo,,")
                .orElseThrow();
        assertThat(line.target()).isEqualTo("a,b");
        assertThat(line.type()).isEqualTo("state");
        assertThat(line.data()).containsExactly("one\rtwo", "", "");
        assertThat(line.field(0)).isEqualTo("one\rtwo");
        assertThat(line.field(3)).isEmpty();
        MachineReadable bare = MachineReadable.parse("1,,action").orElseThrow();
        assertThat(bare.type()).isEqualTo("action");
        assertThat(bare.data()).isEmpty();
        assertThat(bare.text()).isEmpty();
        assertThat(MachineReadable.parse("1,,ui,info,==> web: x").orElseThrow().text())
                .as("a message of no machine stays whole")
                .isEqualTo("==> web: x");
        assertThat(MachineReadable.parse("1,web,ui,detail,    web: x")
                        .orElseThrow()
                        .text())
                .isEqualTo("x");
        assertThat(MachineReadable.parse("1,web,ui,info,plain").orElseThrow().text())
                .isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",a,ui,x",
                "1",
                "1,a",
                "1,a,",
                "1,a,,x",
                "1x,a,ui,b",
                "123456789012,a,ui,b",
                "-1,a,ui,b",
                ":,a,ui,b"
            })
    void whatHasAnotherFormIsNone(String line) {
        assertThat(MachineReadable.parse(line)).isEmpty();
    }

    @Test
    void aLineBehindOthersIsFound() {
        MachineReadable line =
                MachineReadable.parse("printed1795780210,web,ui,info,text").orElseThrow();
        assertThat(line.at()).isEqualTo(Instant.ofEpochSecond(1_795_780_210L));
        assertThat(line.text()).isEqualTo("text");
        assertThat(MachineReadable.parse("printed179578021,web,ui,info,text"))
                .as("no time of ours")
                .isEmpty();
    }

    @Test
    void onlyAHeldLockIsOne() {
        assertThat(List.of("Vagrant::Errors::MachineLocked", "Vagrant::Errors::MachineActionLockedError"))
                .allMatch(name -> MachineReadable.parse("1,,error-exit," + name + ",x")
                        .orElseThrow()
                        .machineLocked());
        assertThat(MachineReadable.parse("1,,ui,Vagrant::Errors::MachineLocked,x")
                        .orElseThrow()
                        .machineLocked())
                .isFalse();
    }

    @Test
    void aSentenceIsTheFirstParagraph() {
        assertThat(Paragraphs.sentence("")).isEmpty();
        assertThat(Paragraphs.sentence(" \n ")).isEmpty();
        assertThat(Paragraphs.sentence("one\ntwo\n\nthree")).isEqualTo("one two.");
        assertThat(Paragraphs.sentence("Is it so?")).isEqualTo("Is it so?");
        assertThat(Paragraphs.sentence("This failed:\n\n  a thing\n\nmore")).isEqualTo("This failed: a thing.");
        assertThat(Paragraphs.sentence("Alone:")).isEqualTo("Alone:");
    }

    @Test
    void aLongTextIsCutBehindASentenceIfThatLeavesEnough() {
        String end = "x".repeat(300) + ". ";
        assertThat(Paragraphs.shortened(end + "y".repeat(300))).isEqualTo("x".repeat(300) + ".");
        assertThat(Paragraphs.shortened("z. " + "y".repeat(500))).hasSize(400).endsWith("…");
        assertThat(Paragraphs.shortened("y".repeat(400))).isEqualTo("y".repeat(400));
    }
}
