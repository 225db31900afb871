package dev.corral.core.solve.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Objects;

/**
 * What stays the same of a session of manual solving from its beginning: the file {@code session.json}.
 *
 * @param id        names it: lower-case letters, digits and dashes
 * @param createdAt when it began
 * @param who       the person who solves
 * @param taskFile  the task file, absolute
 * @param task      the task's name
 * @param sample    the sample's id, verbatim
 * @param epoch     the epoch, from 1
 * @param cache     the sandbox cache directory in which its machines are
 * @param joined    whether somebody else started the run
 * @param options   how it is solved; the usual ones of a run that was joined, whose own can't be known
 * @param purpose   empty where a person solves a sample; {@link #GOLDEN}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SolveSession(
        String id,
        Instant createdAt,
        String who,
        String taskFile,
        String task,
        String sample,
        int epoch,
        String cache,
        boolean joined,
        SolveOptions options,
        String purpose) {
    /** The purpose of a session in which nobody solves anything: a golden run is replayed. */
    public static final String GOLDEN = "golden";

    /** One in which a person solves a sample. */
    public SolveSession(
            String id,
            Instant createdAt,
            String who,
            String taskFile,
            String task,
            String sample,
            int epoch,
            String cache,
            boolean joined,
            SolveOptions options) {
        this(id, createdAt, who, taskFile, task, sample, epoch, cache, joined, options, "");
    }

    /** Checks that what names it is there, and fills the rest. */
    public SolveSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        who = Objects.requireNonNullElse(who, "");
        taskFile = Objects.requireNonNullElse(taskFile, "");
        task = Objects.requireNonNullElse(task, "");
        sample = Objects.requireNonNullElse(sample, "");
        cache = Objects.requireNonNullElse(cache, "");
        options = options == null ? SolveOptions.usual() : options;
        purpose = Objects.requireNonNullElse(purpose, "");
    }
}
