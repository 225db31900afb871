package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LastOnesTest {
    @Test
    void theOldestGoesWhereThereIsNoRoom() {
        LastOnes<Integer> last = new LastOnes<>(3);
        for (int i = 0; i < 1_000; i++) {
            last.add(i);
        }
        assertThat(last.all()).containsExactly(997, 998, 999);
        assertThat(last.last(2)).containsExactly(998, 999);
        assertThat(last.last(9)).hasSize(3);
        assertThat(last.contains(996)).isFalse();
        last.clear();
        assertThat(last.all()).isEmpty();
    }
}
