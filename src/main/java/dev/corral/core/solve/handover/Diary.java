package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a session's journal what is handed over and who comes; of a sandbox without a session nobody is told. Thread-safe. */
final class Diary {
    private static final Logger LOG = LoggerFactory.getLogger(Diary.class);

    private final SolveStore sessions;

    Diary(SolveStore sessions) {
        this.sessions = sessions;
    }

    /**
     * Writes an entry.
     *
     * @param by   whose doing it is
     * @param text what to say of it, beside the person's name
     * @param more further facts
     */
    void tell(Grant grant, EntryKind kind, String by, String text, Map<String, String> more) {
        if (grant.session().isEmpty()) {
            return;
        }
        SolveEntry entry = SolveEntry.now(kind, by)
                .withText(text)
                .withAbout(grant.machine())
                .withMore(more);
        try {
            if (!sessions.find(grant.session()).folder().journal().offer(entry)) {
                LOG.warn("the journal of {} is full: {} {}", grant.session(), kind.word(), text);
            }
        } catch (IOException | ExpectedFailure e) {
            // The way in must not depend on it; what was typed is recorded all the same.
            LOG.warn("the journal of {} can't be told: {} {}", grant.session(), kind.word(), text, e);
        }
    }

    /** The facts of every entry about it. */
    static Map<String, String> facts(Grant grant) {
        return Map.of(
                "grant", grant.id(), "who", grant.who(), "until", grant.until().toString());
    }
}
