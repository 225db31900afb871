package dev.corral.console.solve.after;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveStory;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class IdleNewsTest {
    private final MessageCenter desk = new MessageCenter();
    private final List<String> decided = new ArrayList<>();
    private final IdleNews news = new IdleNews(
            desk, (session, interval, counts, reason) -> decided.add(session + " " + interval + " " + counts));

    private static SolveStatus status(SolveState state, int minutes, String reason) {
        Interval idle = new Interval(
                "idle-3",
                Interval.Kind.IDLE,
                Duration.ZERO,
                Duration.ofMinutes(minutes),
                Instant.EPOCH,
                true,
                true,
                reason,
                "",
                "");
        return new SolveStatus(
                new SolveSession("a-1", Instant.now(), "me", "/e.py", "ctf", "a", 1, "/", false, SolveOptions.usual()),
                state,
                new ClockReading(
                        true,
                        true,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        List.of(idle),
                        List.of()),
                SolveStory.of(List.of()),
                List.of(),
                List.of());
    }

    private Question asked() {
        return desk.question().get();
    }

    @Test
    void aLongStretchIsAskedAboutOnce() {
        news.look(status(SolveState.RUNNING, 19, ""));
        assertThat(desk.question().get()).isNull();
        news.look(status(SolveState.RUNNING, 20, ""));
        news.look(status(SolveState.RUNNING, 25, ""));
        assertThat(asked()).isNotNull();
        assertThat(desk.waiting()).isZero();
        assertThat(asked().title()).isEqualTo("No key for 20m in a: was that work?");
        Question question = asked();
        question.choices().stream()
                .filter(one -> one.id().equals("idle-strike"))
                .forEach(one -> desk.answer(question, one));
        assertThat(decided).containsExactly("a-1 idle-3 false");
    }

    @Test
    void whatWasDecidedElsewhereIsAskedNoMore() {
        news.look(status(SolveState.RUNNING, 30, ""));
        assertThat(asked()).isNotNull();
        assertThat(desk.waiting()).isZero();
        news.look(status(SolveState.RUNNING, 31, "Read the paper."));
        assertThat(desk.question().get()).isNull();
    }

    @Test
    void nobodyIsAskedAboutWhatIsOver() {
        news.look(status(SolveState.ENDED, 30, ""));
        assertThat(desk.question().get()).isNull();
    }
}
