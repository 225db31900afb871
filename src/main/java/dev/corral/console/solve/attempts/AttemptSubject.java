package dev.corral.console.solve.attempts;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose attempts are looked at.
 *
 * @param taskFile the task file, absolute; empty where nobody knows it
 * @param task     the task's name
 * @param sample   the sample's id, verbatim
 */
public record AttemptSubject(Optional<Path> taskFile, String task, String sample) {}
