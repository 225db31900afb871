package dev.corral.core.inspect.runs;

import dev.corral.core.process.ProcessIdentity;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of Inspect that runs and may own sandboxes.
 *
 * @param process   the process
 * @param startedAt when it started
 * @param runId     its run's id, where it has a control server whose notes we may read; untrusted
 * @param command   what it does, in a few words to show: {@code inspect eval ctf.py}
 */
public record InspectRun(ProcessIdentity process, Instant startedAt, Optional<String> runId, String command) {}
