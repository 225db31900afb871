package dev.corral.console.chrome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leaving after the last destroy. */
@Tag("unit")
class DepartureTest {
    private int left;
    private final Departure departure = new Departure(() -> left++);

    @Test
    void leavesOnceWhenTheLastIsGone() {
        departure.after(List.of("a", "b"));
        departure.ended("b", true);
        assertThat(left).isZero();
        departure.ended("a", true);
        assertThat(left).isOne();
        departure.ended("a", true);
        assertThat(left).isOne();
    }

    @Test
    void staysWhenOneIsNotGoneAndLeavesWhenAskedAnew() {
        departure.after(List.of("a", "b"));
        departure.ended("a", false);
        departure.ended("b", true);
        assertThat(left).isZero();
        departure.after(List.of("a"));
        departure.ended("a", true);
        assertThat(left).isOne();
    }
}
