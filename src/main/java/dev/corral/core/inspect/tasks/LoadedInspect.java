package dev.corral.core.inspect.tasks;

import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which Python programs have libraries loaded from a place where Inspect is installed: they may run evaluations by
 * themselves, whatever their command line says. Thread-safe.
 */
public final class LoadedInspect {
    private static final Pattern PACKAGES = Pattern.compile("\\s(/\\S.*?/(?:site|dist)-packages)/");

    // A program that has it keeps it; one that has it not yet may load it later, so only a yes is remembered.
    private final Set<ProcessIdentity> known = new HashSet<>();

    /** Whether that process could be running evaluations; false if it is another user's, who has no business in our directories. */
    public synchronized boolean in(ProcessIdentity process) {
        if (known.contains(process)) {
            return true;
        }
        boolean found = look(process.pid());
        if (found) {
            known.add(process);
        }
        return found;
    }

    /** Forgets all processes but these. */
    public synchronized void keep(Set<ProcessIdentity> alive) {
        known.retainAll(alive);
    }

    private static boolean look(long pid) {
        Map<String, Boolean> places = new HashMap<>();
        try {
            for (String line :
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps"), StandardCharsets.ISO_8859_1)) {
                Matcher matcher = PACKAGES.matcher(line);
                if (matcher.find() && places.computeIfAbsent(matcher.group(1), LoadedInspect::hasInspect)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
        return false;
    }

    private static boolean hasInspect(String packages) {
        try {
            return Files.isDirectory(Path.of(packages, "inspect_ai"));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
