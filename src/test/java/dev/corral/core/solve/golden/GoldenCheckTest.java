package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of the sandbox of a replay that is cut short at its end. */
@Tag("unit")
class GoldenCheckTest {
    private final List<String> told = new ArrayList<>();

    /** One whose end is cut short once. */
    private static class Ground implements GoldenGround {
        private final Optional<ExpectedFailure> failure;
        private final boolean always;
        int ends;

        Ground(Optional<ExpectedFailure> failure, boolean always) {
            this.failure = failure;
            this.always = always;
        }

        @Override
        public String start() {
            return sandbox();
        }

        @Override
        public Outcome submit(String answer) {
            return new Outcome(true, Map.of("includes", "C"), "");
        }

        @Override
        public boolean end() throws InterruptedException {
            ends++;
            if (ends == 1 || always) {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                throw new InterruptedException("a signal");
            }
            return false;
        }

        @Override
        public String session() {
            return "s-1";
        }

        @Override
        public String log() {
            return "";
        }

        @Override
        public String sandbox() {
            return "box-1";
        }

        @Override
        public Optional<String> login() {
            return Optional.empty();
        }
    }

    private GoldenCheck check() {
        return new GoldenCheck(
                null,
                null,
                (sandbox, machine) -> {
                    throw new AssertionError("nothing runs in " + sandbox);
                },
                told::add);
    }

    private static Golden golden(GoldenStep... steps) {
        return new Golden(
                1,
                "e.py",
                "t",
                "s",
                Optional.empty(),
                Optional.of("42"),
                Optional.of(Map.of("includes", "C")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(steps));
    }

    @Test
    void aSignalWhileItEndsLeavesNothing() {
        Ground ground = new Ground(Optional.empty(), false);
        assertThatThrownBy(() -> check().on(ground, golden())).isInstanceOf(InterruptedException.class);
        assertThat(ground.ends).isEqualTo(2);
        assertThat(told).last().isEqualTo("The sandbox box-1 is gone.");
    }

    @Test
    void whatCanNotBeEndedIsNamed() {
        Ground ground = new Ground(Optional.of(ExpectedFailure.failed("It is stuck.", "Wait.")), true);
        assertThatThrownBy(() -> check().on(ground, golden())).hasMessage("It is stuck.");
        assertThat(ground.ends).isEqualTo(2);
        assertThat(told).contains("It is stuck. Wait.").last().satisfies(line -> assertThat(line)
                .contains("box-1 may still be there", "session s-1"));
    }

    @Test
    void whatChecksNothingIsRefusedBeforeAnythingBegins() {
        assertThatThrownBy(() -> check().unscored(golden(GoldenStep.note("a")), null, false))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("runs no command");
    }
}
