package dev.corral.console.dock.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class LogTitleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start|001-up.log|Start",
                "start|001-bridge-setup.log 002-up.log|Start",
                "start|001-up.log 002-halt.log|Halt",
                "start|001-up.log 002-halt.log 003-up.log|Up",
                "start|001-up.log 010-snapshot-save.log|Snapshot save",
                "start|001-up.log 002-destroy.log|Destroy",
                "destroy|corral-web-02-11fe7a90-destroy-8839213.log|Destroy",
                "destroy||Destroy",
                "start|001-up.log.gz x|Start"
            })
    void theNewestVerbIsTheTitle(String kind, String logs, String expected) {
        List<Path> paths = logs == null
                ? List.of()
                : Arrays.stream(logs.split(" ")).map(Path.of("/c")::resolve).toList();
        assertThat(LogTitle.of(kind, paths)).isEqualTo(expected);
    }
}
