package dev.corral.core.solve.rubric;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People whom the machine of a session was handed over to: they may be named in it, and have a share in it. Blocks. */
final class Helpers {
    private static final Logger LOG = LoggerFactory.getLogger(Helpers.class);

    private final SolveStore sessions;

    Helpers(Environment environment) {
        sessions = new SolveStore(environment);
    }

    /** All whom it was handed over to. */
    List<String> handed(Rating.Item item) {
        return named(item, EntryKind.HANDED);
    }

    /** Those of them who came in. */
    List<String> came(Rating.Item item) {
        return named(item, EntryKind.CAME);
    }

    private List<String> named(Rating.Item item, EntryKind kind) {
        if (item.session().isEmpty()) {
            return List.of();
        }
        try {
            return sessions.find(item.session()).folder().journal().read().stream()
                    .filter(entry -> entry.kind() == kind)
                    .map(Helpers::who)
                    .filter(who -> !who.isBlank())
                    .distinct()
                    .toList();
        } catch (IOException | ExpectedFailure e) {
            LOG.debug("the session {} is not here", item.session(), e);
            return List.of();
        }
    }

    private static String who(SolveEntry entry) {
        return entry.fact("who");
    }
}
