package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.handover.Handover.Wish;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What somebody means who names a session or a sandbox.
 *
 * @param session the session; empty if the sandbox belongs to none
 * @param sandbox the sandbox's id
 * @param machine the machine; empty for the primary one
 * @param user    whose login; empty for the machine's own
 */
record Place(String session, String sandbox, String machine, Optional<String> user) {

    static Place of(SolveStore sessions, SandboxStore sandboxes, Wish wish) {
        Optional<Stored> stored = session(sessions, wish.named());
        if (stored.isPresent()) {
            List<String> all = listed(stored.get());
            if (all.isEmpty()) {
                throw ExpectedFailure.failed(
                        "The session " + stored.get().session().id() + " has no machine yet.",
                        "corral solve status " + stored.get().session().id() + " tells how far it is.");
            }
            return there(sandboxes, stored, all.getLast(), wish);
        }
        int slash = wish.named().indexOf('/');
        String sandbox = sandboxes
                .find(slash < 0 ? wish.named() : wish.named().substring(0, slash))
                .id();
        // Newest first: an older session of the same machine was resumed by it.
        Optional<Stored> owner = sessions.list().stream()
                .filter(one -> listed(one).contains(sandbox))
                .findFirst();
        return there(sandboxes, owner, sandbox, wish);
    }

    private static Optional<Stored> session(SolveStore sessions, String named) {
        try {
            return Optional.of(sessions.find(named));
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Place there(SandboxStore sandboxes, Optional<Stored> stored, String sandbox, Wish wish) {
        String id = stored.map(one -> one.session().id()).orElse("");
        try {
            int slash = wish.named().indexOf('/');
            return new Place(
                    id,
                    sandboxes.find(sandbox).id(),
                    wish.machine().isEmpty() && slash >= 0 ? wish.named().substring(slash + 1) : wish.machine(),
                    wish.user()
                            .or(() -> stored.flatMap(
                                    one -> one.session().options().user())));
        } catch (ExpectedFailure e) {
            throw id.isEmpty() || e.kind() != ExpectedFailure.Kind.NOT_FOUND
                    ? e
                    : ExpectedFailure.notFound(
                            "The machine of the session " + id + " is gone.",
                            "corral solve list shows the sessions; one that goes on has a machine.");
        }
    }

    private static List<String> listed(Stored stored) {
        try {
            return stored.folder().sandboxes();
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The session " + stored.session().id() + " can't be read: "
                            + PlainText.line(String.valueOf(e.getMessage()), 200) + ".",
                    "Give yourself access to " + stored.folder().directory() + ".",
                    e);
        }
    }
}
