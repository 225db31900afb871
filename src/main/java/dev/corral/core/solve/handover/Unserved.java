package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.handover.Grant.End;
import dev.corral.core.solve.handover.Grant.Why;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what was handed over and is served by nobody when its machine is gone: whoever serves it sees that himself. Blocks.
 */
final class Unserved {
    private static final Logger LOG = LoggerFactory.getLogger(Unserved.class);

    private final GrantStore store;
    private final Diary diary;
    private final SolveStore sessions;

    Unserved(GrantStore store, Diary diary, SolveStore sessions) {
        this.store = store;
        this.diary = diary;
        this.sessions = sessions;
    }

    /** The same, or ended. */
    Grant settled(Grant grant) {
        Instant now = Instant.now();
        if (grant.over(now) || grant.served() || there(grant)) {
            return grant;
        }
        End end = new End(now, Why.GONE, "");
        Grant after;
        try {
            after = store.update(grant.id(), known -> known.over(now) || known.served() ? known : known.with(end));
        } catch (ExpectedFailure e) {
            LOG.warn("that the machine of {} is gone can't be written down", grant.id(), e);
            return grant.with(end);
        }
        if (after.end().equals(Optional.of(end))) {
            diary.tell(
                    after,
                    EntryKind.HAND_OVER_ENDED,
                    "corral",
                    after.who() + ": " + end.why().words(),
                    Diary.facts(after));
        }
        return after;
    }

    // Not seen is not gone: this process may use another cache directory, and that one may be on a disk that is not
    // there now.
    private boolean there(Grant grant) {
        try {
            String cache = grant.cache().isEmpty() && !grant.session().isEmpty()
                    ? sessions.find(grant.session()).session().cache()
                    : grant.cache();
            return cache.isEmpty()
                    || !Files.isDirectory(Path.of(cache))
                    || there(new SandboxStore(Path.of(cache)).look(), grant.sandbox());
        } catch (IOException | ExpectedFailure | IllegalArgumentException e) {
            LOG.debug("the sandboxes of {} can't be listed", grant.id(), e);
            return true;
        }
    }

    private static boolean there(SandboxStore.Listing listing, String sandbox) {
        return !listing.unreadable().isEmpty()
                || listing.sandboxes().stream().anyMatch(files -> files.id().equals(sandbox));
    }
}
