package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks the human agent of a session as it was a moment ago. Blocks. */
final class AgentCall {
    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final long AGAIN_MS = 500;

    private final SolveWorld world;
    private final SolveStatus status;

    AgentCall(SolveWorld world, SolveStatus status) {
        this.world = world;
        this.status = status;
    }

    /**
     * Asks.
     *
     * @return the agent's words, made plain
     * @throws ExpectedFailure      if it can't be asked now, or says no
     * @throws InterruptedException if the thread is interrupted
     */
    String ask(String method, Map<String, String> params, Duration patience) throws InterruptedException {
        if (status.state().over()) {
            throw over(status);
        }
        if (!status.state().listening()) {
            throw ExpectedFailure.failed(
                            "The session " + status.session().id() + " can't be asked now: "
                                    + status.state().words() + ".",
                            "corral solve status " + status.session().id() + " tells when its clock can be started.")
                    .withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
        ProcessIdentity process = status.story().process().orElseThrow(() -> over(status));
        GuestShell guest = world.guest(status.sandbox(), "");
        Optional<String> user = status.session().joined()
                ? HumanService.owner(guest)
                : status.session().options().user();
        String said = new HumanService(guest, user, () -> world.life(process))
                .callOnceThere(method, params, patience, settling())
                .asText("");
        return PlainText.of(said).strip();
    }

    /**
     * Waits until the agent is wholly in the machine, for as long as it may still be on its way.
     *
     * @throws ExpectedFailure      if the machine can't be asked
     * @throws InterruptedException if the thread is interrupted
     */
    void settle() throws InterruptedException {
        long end = System.nanoTime() + settling().toNanos();
        while (System.nanoTime() - end < 0 && !HumanService.whole(world.guest(status.sandbox(), ""))) {
            Thread.sleep(AGAIN_MS);
        }
    }

    // Inspect tells of the agent before that is in the machine.
    private Duration settling() {
        Moment now = Moment.now();
        boolean fresh = status.entries().stream()
                .anyMatch(entry -> entry.kind() == EntryKind.READY
                        && entry.moment().sameBoot(now)
                        && now.upMs() - entry.upMs() < SETTLING.toMillis());
        return fresh ? SETTLING : Duration.ZERO;
    }

    /** Why a session that is over can't be asked anything. */
    static ExpectedFailure over(SolveStatus status) {
        return ExpectedFailure.failed(
                "The session " + status.session().id() + " is over: "
                        + status.state().words() + ".",
                status.state() == SolveState.INTERRUPTED
                        ? "corral solve resume " + status.session().id() + " goes on with its machine and its time."
                        : "");
    }
}
