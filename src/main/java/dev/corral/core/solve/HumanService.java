package dev.corral.core.solve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the human agent's service in a guest what its {@code task} command would ask: request files over the kept SSH connection, so
 * that both go through one queue and can't differ. The service is Inspect's: when that is dead nobody would ever answer, so it is
 * looked at meanwhile. What the guest answers is untrusted and bounded. Its methods block.
 */
public final class HumanService {
    private static final int LARGEST = 1 << 20;
    private static final int NO_SERVICE = 3;
    private static final int NO_ANSWER = 4;
    private static final long LOOK_MS = 100;
    private static final long AGAIN_MS = 500;
    private static final String NOBODY = "No human agent listens in the machine.";

    // A request is whole once it has its name, and answered once it is gone: the answer is written before that.
    private static final String SCRIPT = """
            id=$1; left=$(($2 * 10)); cd /var/tmp/sandbox-services/human_agent 2>/dev/null || exit 3
            [ -d requests ] && [ -d responses ] || exit 3
            umask 077
            if ! cat > "requests/.$id.tmp" || ! mv -- "requests/.$id.tmp" "requests/$id.json"; then
              rm -f -- "requests/.$id.tmp"; exit 5
            fi
            while [ $left -gt 0 ]; do
              if [ ! -e "requests/$id.json" ] && [ -s "responses/$id.json" ]; then
                cat -- "responses/$id.json"; rm -f -- "responses/$id.json"; exit 0
              fi
              sleep 0.1; left=$((left - 1))
            done
            rm -f -- "requests/$id.json"; exit 4
            """;

    private static final String OWNER = "stat -c %U /var/tmp/sandbox-services/human_agent 2>/dev/null";

    private static final String WHOLE = "test -s /var/tmp/sandbox-services/human_agent/human_agent.py";

    private final GuestShell guest;
    private final Optional<String> user;
    private final Supplier<Life> inspect;

    /**
     * @param guest   the machine that Inspect calls {@code default}
     * @param user    who the service runs as; empty: the login user
     * @param inspect whether the run lives
     */
    public HumanService(GuestShell guest, Optional<String> user, Supplier<Life> inspect) {
        this.guest = guest;
        this.user = user;
        this.inspect = inspect;
    }

    /** Who the service in a guest runs as, by its directory; empty while there is none. */
    public static Optional<String> owner(GuestShell guest) throws InterruptedException {
        ExecResult said = guest.exec(
                ExecRequest.of("/bin/sh", "-c", OWNER).withCaptureLimit(200).withTimeout(Duration.ofSeconds(20)));
        return Optional.of(said.stdoutText().strip()).filter(name -> name.matches("[A-Za-z0-9_.-]{1,64}"));
    }

    /** Whether all of it is in a guest: its last file is what the {@code task} command there, and so each login, needs. */
    static boolean whole(GuestShell guest) throws InterruptedException {
        return guest.exec(ExecRequest.of("/bin/sh", "-c", WHOLE)
                        .withCaptureLimit(200)
                        .withTimeout(Duration.ofSeconds(20)))
                .succeeded();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param method   the service's own name of it
     * @param params   what it takes
     * @param patience how long an answer may take; a scorer may need minutes
     * @return the result; a null node where there is none
     * @throws ExpectedFailure      if there is no service, it says no, does not answer in time, or Inspect has ended
     * @throws InterruptedException if this thread is interrupted
     */
    public JsonNode call(String method, Map<String, String> params, Duration patience) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        ExecRequest request = ExecRequest.of("/bin/sh", "-c", SCRIPT, "sh", id, Long.toString(patience.toSeconds()))
                .withStdin(json(Map.of("id", id, "method", method, "params", params)))
                .withCaptureLimit(LARGEST)
                .withTimeout(patience.plusSeconds(20));
        ExecResult result = watched(user.map(request::withUser).orElse(request));
        return answer(result, id, method, patience);
    }

    /**
     * The same of an agent that Inspect has told of and may still be bringing into the machine: until the service is there, it is asked
     * again.
     *
     * @param settling how long that may take
     */
    JsonNode callOnceThere(String method, Map<String, String> params, Duration patience, Duration settling)
            throws InterruptedException {
        long end = System.nanoTime() + settling.toNanos();
        while (true) {
            try {
                return call(method, params, patience);
            } catch (ExpectedFailure e) {
                // Nobody has taken the request: it is no second one.
                if (!e.getMessage().equals(NOBODY) || System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.sleep(AGAIN_MS);
            }
        }
    }

    private ExecResult watched(ExecRequest request) throws InterruptedException {
        if (inspect.get() == Life.ENDED) {
            throw gone();
        }
        CompletableFuture<ExecResult> asked = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("human-service").start(() -> {
            try {
                asked.complete(guest.exec(request));
            } catch (InterruptedException | RuntimeException e) {
                asked.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return asked.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (inspect.get() == Life.ENDED) {
                    thread.interrupt();
                    throw gone();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            } catch (InterruptedException e) {
                thread.interrupt();
                throw e;
            }
        }
    }

    private JsonNode answer(ExecResult result, String id, String method, Duration patience) {
        if (result.timedOut() || result.exitCode() == NO_ANSWER) {
            if (inspect.get() == Life.ENDED) {
                throw gone();
            }
            throw ExpectedFailure.failed(
                            "The human agent did not answer " + method + " within " + patience.toSeconds() + " s.",
                            "It may be carried out all the same; look at the session before you try again. A run or a machine that is very "
                                    + "busy answers late.")
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        }
        if (result.exitCode() == NO_SERVICE) {
            throw ExpectedFailure.failed(
                            NOBODY, "It does so once the run has come so far, and until an answer is handed in.")
                    .withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
        if (!result.succeeded() || result.truncated()) {
            throw ExpectedFailure.failed(
                            "The request to the human agent failed in the machine.",
                            "See that the machine's disk has room and it has a POSIX shell.")
                    .withDetails(PlainText.line(result.stderrText(), 500));
        }
        try {
            JsonNode answer = Json.mapper().readTree(result.stdout());
            if (answer == null || !answer.path("id").asText("").equals(id)) {
                throw broken(method);
            }
            JsonNode error = answer.path("error");
            if (!error.isNull() && !error.isMissingNode()) {
                throw ExpectedFailure.failed(
                        "The human agent refuses " + method + ": " + PlainText.line(error.asText(error.toString()), 300)
                                + ".",
                        method.equals("score") ? "The run was begun without scoring on the way." : "");
            }
            return answer.path("result");
        } catch (IOException e) {
            throw broken(method);
        }
    }

    private static ExpectedFailure broken(String method) {
        return ExpectedFailure.failed(
                "What the machine says about " + method + " is no answer of the human agent.",
                "Somebody in the machine may have touched its files; try again.");
    }

    private static ExpectedFailure gone() {
        return ExpectedFailure.failed(
                        "Inspect has ended, so nobody answers in the machine any more.",
                        "The machine and the session's journal are kept; corral solve resume goes on with both.")
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    private static byte[] json(Object value) {
        try {
            return Json.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }
}
