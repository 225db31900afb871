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
}
