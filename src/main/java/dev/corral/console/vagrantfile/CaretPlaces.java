package dev.corral.console.vagrantfile;

import dev.corral.console.settings.PageMemory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the carets were when the window was closed, until their files are shown again. */
final class CaretPlaces {
    private static final int MOST_DIGITS = 8;

    private final Map<Path, Integer> lines = new HashMap<>();

    /** What the next window should know. */
    PageMemory memory(FileTabs tabs, double problemsAt, double besideAt) {
        List<String> carets = tabs.files().stream()
                .map(file ->
                        (file.shown() ? file.editor().line() : lines.getOrDefault(file.path(), 1)) + " " + file.path())
                .toList();
        String shown = tabs.chosen().map(file -> file.path().toString()).orElse("");
        return new PageMemory(carets, shown, Map.of(), problemsAt, besideAt);
    }

    /** Takes what an earlier window left; what makes no sense is left out. */
    void remember(PageMemory memory) {
        for (String caret : memory.chosen()) {
            String[] parts = caret.split(" ", 2);
            if (parts.length == 2 && parts[0].matches("\\d{1," + MOST_DIGITS + "}")) {
                try {
                    lines.put(Path.of(parts[1]), Integer.parseInt(parts[0]));
                } catch (InvalidPathException other) {
                    // The file may have been edited, or come from another system.
                    continue;
                }
            }
        }
    }

    /** The line of a file, from 1, once. */
    Optional<Integer> take(Path file) {
        return Optional.ofNullable(lines.remove(file));
    }
}
