package dev.corral.core.inspect.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LogAddressTest {
    @Test
    void whatIsInANameIsNoPartOfTheAddress() {
        assertThat(LogAddress.of(7777, "2026-11-27T09-28-40+00-00_a b.eval", "which/debian? #1", 2))
                .hasToString("http://127.0.0.1:7777/#/logs/2026-11-27T09-28-40%2B00-00_a%20b.eval/samples/sample/"
                        + "which%2Fdebian%3F%20%231/2/");
    }
}
