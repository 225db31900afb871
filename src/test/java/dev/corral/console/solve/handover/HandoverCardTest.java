package dev.corral.console.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.Threads;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.NotedDock;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Handover;
import dev.corral.core.solve.journal.SolveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What the window does about what was handed over, in which order work beside its thread may end. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class HandoverCardTest {
    private static final String ID = "h-0000abcd";

    @TempDir
    private static Path folder;

    private final MessageCenter desk = new MessageCenter();
    private final Deque<Runnable> beside = new ArrayDeque<>();
    private final Instant until = Instant.parse("2999-01-01T00:00:00Z");
    private Handover handover;
    private HandoverCard card;

    private final Threads threads = new Threads() {
        @Override
        public <T> void background(String name, Callable<T> work, Consumer<T> onDone, Consumer<Throwable> onFailure) {
            beside.add(() -> {
                T result;
                try {
                    result = work.call();
                } catch (Exception e) {
                    onFailure.accept(e);
                    return;
                }
                onDone.accept(result);
            });
        }

        @Override
        public void hop(Runnable action) {
            action.run();
        }

        @Override
        public void later(Runnable action) {
            action.run();
        }
    };

    @Start
    void open(Stage stage) throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        FixtureCorral corral = new FixtureCorral(home.toString(), List.of(), Samples.inventory(Instant.now()));
        handover = new Handover(
                corral.environment(),
                new SolveStore(corral.environment()),
                (sandbox, machine) -> {
                    throw new AssertionError("nobody connects");
                },
                id -> () -> {});
        handed(corral.environment().userState().resolve("corral/handover"), until);
        PageContext context = new PageContext(
                corral,
                new Actions().forPage(),
                new Navigation() {
                    @Override
                    public void show(PageView shown) {
                        throw new AssertionError("no other page");
                    }

                    @Override
                    public void go(Reveal what) {
                        throw new AssertionError("no other page");
                    }
                },
                null,
                null,
                null,
                new NotedDock(),
                new Ticker(),
                desk,
                new Overlay(),
                seen -> {},
                opened -> {},
                home);
        card = new HandoverCard(context, threads, handover, "me");
        card.show("one-00000001", false);
        run();
    }

    private static void handed(Path place, Instant end) throws Exception {
        Files.createDirectories(place);
        Files.writeString(place.resolve(ID + ".json"), """
                {"id": "%s", "created_at": "2026-11-28T12:00:00Z", "by": "me", "who": "Ann", "session": "one-00000001",
                 "sandbox": "web-1", "key": "ssh-ed25519 AAAA", "until": "%s", "listen": "no such name.invalid", "port": 1}
                """.formatted(ID, end));
    }

    // All that was begun beside the window's thread.
    private void run() {
        for (Runnable work = beside.poll(); work != null; work = beside.poll()) {
            work.run();
        }
    }

    private Button button(String text) {
        return card.lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    @Test
    void theFormGoesWithTheSession(FxRobot robot) {
        robot.interact(() -> {
            card.ask();
            assertThat(formShown()).isTrue();
            card.show("one-00000001", false);
            assertThat(formShown()).isTrue();
            card.show("one-00000001", true);
            assertThat(formShown()).isFalse();
        });
    }

    private boolean formShown() {
        for (Node node = card.lookup("#handover-key"); node != card; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void whileAWayIsTriedWhatWasHandedOverCanBeTakenBack(FxRobot robot) {
        robot.interact(() -> {
            card.ask();
            ((TextField) card.lookup("#handover-key")).setText("ssh-ed25519 AAAA");
            button("Hand over").fire();
            assertThat(beside).as("being tried").hasSize(1);
            Runnable trial = beside.remove();
            button("Revoke…").fire();
            Question asked = desk.question().get();
            desk.answer(asked, asked.choices().getLast());
            run();
            assertThat(handover.find(ID).end()).map(Grant.End::by).contains("me");
            trial.run();
            run();
        });
    }

    @Test
    void anExtensionCountsFromTheEndThatIsStored(FxRobot robot) {
        Instant near = Instant.now().plus(Duration.ofHours(2));
        robot.interact(() -> {
            Button extend = button("Extend by 1 h");
            // Meanwhile it was moved from elsewhere; the row shows the old end.
            handover.extend(ID, near, "boss");
            extend.fire();
            run();
            assertThat(handover.find(ID).until()).isEqualTo(near.plus(Duration.ofHours(1)));
        });
    }
}
