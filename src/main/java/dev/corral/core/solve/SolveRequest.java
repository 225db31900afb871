package dev.corral.core.solve;

import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;

/**
 * A sample that somebody wants to solve.
 *
 * @param taskFile the task file, absolute
 * @param task     the task's name
 * @param sample   the sample's id, verbatim
 * @param who      the person
 * @param options  how
 */
public record SolveRequest(Path taskFile, String task, String sample, String who, SolveOptions options) {}
