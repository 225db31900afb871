package dev.corral.core.inspect.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LogPlaceTest {
    @Test
    void aPathAndAUriOfThisComputerLeadToTheFile() {
        assertThat(LogPlace.file("/logs/a b.eval")).contains(Path.of("/logs/a b.eval"));
        assertThat(LogPlace.file("logs/a.eval")).contains(Path.of("logs/a.eval"));
        assertThat(LogPlace.file("file:///logs/a%20b.eval")).contains(Path.of("/logs/a b.eval"));
    }

    @Test
    void whatLiesElsewhereHasNone() {
        assertThat(LogPlace.file("")).isEmpty();
        assertThat(LogPlace.file("s3://bucket/a.eval")).isEmpty();
        assertThat(LogPlace.file("file://host/a.eval")).isEmpty();
        assertThat(LogPlace.file("file:///a b%zz")).isEmpty();
        assertThat(LogPlace.file("a\0b")).isEmpty();
    }
}
