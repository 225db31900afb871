package dev.corral.console.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tab of the dock that the next window opens again.
 *
 * @param kind  what sort of tab it is
 * @param key   names it among the tabs of its kind
 * @param title its title
 * @param about what it is about, for instance a sandbox's id
 * @param files the files that it shows, whole paths
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SavedTab(String kind, String key, String title, String about, List<String> files) {

    /** Turns what is absent into empty words. */
    public SavedTab {
        kind = Objects.requireNonNullElse(kind, "");
        key = Objects.requireNonNullElse(key, "");
        title = Objects.requireNonNullElse(title, "");
        about = Objects.requireNonNullElse(about, "");
        files = files == null
                ? List.of()
                : files.stream()
                        .filter(Objects::nonNull)
                        .filter(OpenedFiles::path)
                        .toList();
    }

    /** The files as paths. */
    public List<Path> paths() {
        return files.stream().map(Path::of).toList();
    }

    /** The same with the files that are still there; empty when none is. Looks at the disk. */
    public Optional<SavedTab> there() {
        List<String> still = paths().stream()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .toList();
        return still.isEmpty() ? Optional.empty() : Optional.of(new SavedTab(kind, key, title, about, still));
    }
}
