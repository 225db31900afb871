package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.sandboxes.ActionCell.PressGuard;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PressGuardTest {
    private final AtomicLong now = new AtomicLong();
    private final PressGuard guard = new PressGuard(now::get);

    private void pass(long milliseconds) {
        now.addAndGet(milliseconds * 1_000_000);
    }

    @Test
    void aPressOnWhatHasStoodThereActs() {
        guard.shows("a START");
        pass(301);
        guard.pressed(1);
        assertThat(guard.released()).isTrue();
    }

    @Test
    void aPressOnWhatHasJustComeUnderThePointerDoesNot() {
        guard.shows("a START");
        pass(299);
        guard.pressed(1);
        pass(5_000);
        assertThat(guard.released()).isFalse();
        guard.pressed(1);
        assertThat(guard.released()).isTrue();
    }

    @Test
    void theSameAgainDoesNotStartTheWaitAnew() {
        guard.shows("a START");
        pass(301);
        guard.shows("a START");
        guard.pressed(1);
        assertThat(guard.released()).isTrue();
    }

    @Test
    void whatChangesBetweenPressAndReleaseDoesNotAct() {
        guard.shows("a LOG");
        pass(1_000);
        guard.pressed(1);
        guard.shows("b START");
        assertThat(guard.released()).isFalse();
    }

    @Test
    void theSecondOfTwoClicksDoesNotAct() {
        guard.shows("a START");
        pass(1_000);
        guard.pressed(2);
        assertThat(guard.released()).isFalse();
    }

    @Test
    void withoutAMouseItActs() {
        guard.shows("a START");
        assertThat(guard.released()).isTrue();
    }
}
