package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CsvTest {
    @Test
    void nothingOfOthersIsAFormulaAndNumbersStayNumbers() {
        assertThat(Csv.line(List.of("a", "say \"x\", y", "=1+1", "@SUM(A1)", "-2+3", "\t=1", "-2.5", "", "+1")))
                .isEqualTo("\"a\",\"say \"\"x\"\", y\",\"'=1+1\",\"'@SUM(A1)\",\"'-2+3\",\"'\t=1\",-2.5,,\"'+1\"\r\n");
    }

    @Test
    void whatIsNotSeenHidesNoFormula() {
        for (String hidden : List.of("\u0001", "\uFEFF", "\u001b[0m", "\u200E", "\u0085", "\u001b]0;a\u0007", "\r")) {
            assertThat(Csv.text(hidden + "=1")).isEqualTo("\"'=1\"");
        }
        assertThat(Csv.text("a\u0001\n=1\r\n")).as("lines of one cell").isEqualTo("\"a\n=1\n\"");
    }
}
