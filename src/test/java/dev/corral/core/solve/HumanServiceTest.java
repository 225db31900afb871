package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class HumanServiceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private LocalGuest guest;
    private final AtomicReference<Life> life = new AtomicReference<>(Life.ALIVE);

    @BeforeEach
    void guest() {
        guest = new LocalGuest(folder);
    }

    private HumanService service() {
        return new HumanService(guest, Optional.empty(), life::get);
    }

    @Test
    void asksInTheServicesOwnFormAndTakesItsAnswerAway() throws Exception {
        Path agent = guest.listen();
        try (AgentStandIn inspect = new AgentStandIn(agent, request -> "\"result\":\"done\",\"error\":null")) {
            String answer = "it's \"$(reboot)\" \n ☃";
            assertThat(service().call("score", Map.of("answer", answer), LONG).asText())
                    .isEqualTo("done");
            assertThat(inspect.asked()).singleElement().satisfies(request -> {
                assertThat(request.path("method").asText()).isEqualTo("score");
                assertThat(request.path("params").path("answer").asText()).isEqualTo(answer);
            });
        }
        try (Stream<Path> left = Files.walk(agent)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aGuestWhoseDiskIsFullIsNotTakenForOneWithoutAnAgent() throws Exception {
        GuestShell full = request -> {
            String script = request.argv().get(2).replaceFirst("cat > \"[^\"]*\"", "cat > /dev/full");
            List<String> words = new ArrayList<>(request.argv());
            words.set(2, script);
            return guest.exec(ExecRequest.of(words.toArray(String[]::new))
                    .withStdin(new byte[10])
                    .withTimeout(LONG));
        };
        guest.listen();
        assertThatThrownBy(() -> new HumanService(full, Optional.empty(), life::get).call("note", Map.of(), LONG))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure.getMessage()).isEqualTo("The request to the human agent failed in the machine.");
                    assertThat(failure.nextStep()).contains("disk has room");
                });
    }

    @Test
    void anAgentThatIsToldOfAndNotThereYetIsWaitedForAndAskedOnce() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        GuestShell late = request -> {
            ExecResult result = guest.exec(request);
            if (result.exitCode() == 3 && refused.incrementAndGet() == 1) {
                try {
                    guest.listen();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return result;
        };
        Path agent = folder.resolve("human_agent");
        try (AgentStandIn inspect = new AgentStandIn(agent, request -> "\"result\":\"done\",\"error\":null")) {
            assertThat(new HumanService(late, Optional.empty(), life::get)
                            .callOnceThere("start", Map.of(), LONG, LONG)
                            .asText())
                    .isEqualTo("done");
            assertThat(refused).hasValue(1);
            assertThat(inspect.asked()).hasSize(1);
        }
        assertThatThrownBy(() -> new HumanService(new LocalGuest(folder.resolve("none")), Optional.empty(), life::get)
                        .callOnceThere("start", Map.of(), LONG, Duration.ZERO))
                .hasMessageContaining("No human agent listens");
    }

    @Test
    void aRefusalIsInItsWords() throws Exception {
        try (AgentStandIn inspect = new AgentStandIn(
                guest.listen(), request -> "\"result\":null,\"error\":\"Unknown method 'score'\\u001b[2J\"")) {
            assertThatThrownBy(() -> service().call("score", Map.of("answer", "x"), LONG))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessage("The human agent refuses score: Unknown method 'score'.");
            assertThat(inspect.asked()).hasSize(1);
        }
    }

    @Test
    void whatIsNoAnswerIsRefused() throws Exception {
        try (AgentStandIn inspect =
                new AgentStandIn(guest.listen(), request -> "\"result\":\"x\"}, {\"id\":\"other\"")) {
            // The first value is read; a second one behind it is somebody's play and changes nothing.
            assertThat(service().call("status", Map.of(), LONG).asText()).isEqualTo("x");
            assertThat(inspect.asked()).hasSize(1);
        }
    }

    @Test
    void withoutAServiceItSaysSo() {
        assertThatThrownBy(() -> service().call("status", Map.of(), LONG))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("No human agent listens");
    }

    @Test
    void aRequestThatNobodyAnswersIsTakenBack() throws IOException {
        Path agent = guest.listen();
        assertThatThrownBy(() -> service().call("status", Map.of(), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.TIMED_OUT));
        assertThat(agent.resolve("requests")).isEmptyDirectory();
    }

    @Test
    void aDeadInspectIsSeenBeforeAndWhileItIsWaitedFor() throws Exception {
        Path agent = guest.listen();
        Thread.ofVirtual().start(() -> {
            try {
                while (agent.resolve("requests").toFile().list().length == 0) {
                    Thread.sleep(10);
                }
                life.set(Life.ENDED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> service().call("score", Map.of("answer", "x"), Duration.ofMinutes(10)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("Inspect has ended");
        assertThatThrownBy(() -> service().call("status", Map.of(), LONG)).hasMessageContaining("Inspect has ended");
    }
}
