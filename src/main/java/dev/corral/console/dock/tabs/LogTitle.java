package dev.corral.console.dock.tabs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the log of an operation is called: by the newest command in it that a person asked for. Pure. */
final class LogTitle {
    private static final Pattern NAME = Pattern.compile("(?:\\d+-|corral-.*-)([a-z]+(?:-[a-z]+)*)(?:-\\d+)?\\.log");
    private static final List<String> VERBS = List.of(
            "up",
            "halt",
            "reload",
            "suspend",
            "resume",
            "provision",
            "snapshot-save",
            "snapshot-restore",
            "snapshot-delete",
            "snapshot-list",
            "destroy");

    private LogTitle() {}

    /**
     * The title.
     *
     * @param kind what the operation is, for instance {@code start}
     * @param logs its logs, oldest first, named by number and command
     */
    static String of(String kind, List<Path> logs) {
        List<String> verbs = logs.stream()
                .map(LogTitle::command)
                .flatMap(Optional::stream)
                .filter(VERBS::contains)
                .toList();
        // The first up is the start itself.
        boolean itself =
                verbs.isEmpty() || verbs.size() == 1 && verbs.getFirst().equals("up");
        String word = (itself ? kind : verbs.getLast()).replace('-', ' ');
        return word.isEmpty() ? "Log" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static Optional<String> command(Path log) {
        Matcher name = NAME.matcher(log.getFileName().toString());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
