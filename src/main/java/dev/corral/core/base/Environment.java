package dev.corral.core.base;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of the process and the folders that follow from them. Everything that reads a variable takes it from
 * here, so that tests can give their own.
 *
 * @param variables the variables
 */
public record Environment(Map<String, String> variables) {

    /** Copies the map. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The variables of this process. */
    public static Environment system() {
        return new Environment(System.getenv());
    }

    /** The value of a variable; empty when it is unset or blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** The user's home. */
    public Path home() {
        return Path.of(get("HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    /** The user's cache directory ({@code XDG_CACHE_HOME}, {@code ~/.cache}, {@code ~/Library/Caches}). */
    public Path userCache() {
        Path fallback = mac() ? home().resolve("Library/Caches") : home().resolve(".cache");
        return absolute("XDG_CACHE_HOME").orElse(fallback);
    }

    /** The user's data directory ({@code XDG_DATA_HOME}, {@code ~/.local/share}, {@code ~/Library/Application Support}). */
    public Path userData() {
        Path fallback = mac() ? home().resolve("Library/Application Support") : home().resolve(".local/share");
        return absolute("XDG_DATA_HOME").orElse(fallback);
    }

    /** The user's configuration directory ({@code XDG_CONFIG_HOME}, {@code ~/.config}). */
    public Path userConfig() {
        Path fallback = mac() ? home().resolve("Library/Application Support") : home().resolve(".config");
        return absolute("XDG_CONFIG_HOME").orElse(fallback);
    }

    /** The user's state directory ({@code XDG_STATE_HOME}, {@code ~/.local/state}, {@code ~/Library/Application Support}). */
    public Path userState() {
        Path fallback = mac() ? home().resolve("Library/Application Support") : home().resolve(".local/state");
        return absolute("XDG_STATE_HOME").orElse(fallback);
    }

    // The XDG rules say that a relative value is to be ignored.
    private Optional<Path> absolute(String name) {
        return get(name).map(Path::of).filter(Path::isAbsolute);
    }

    private static boolean mac() {
        return System.getProperty("os.name").startsWith("Mac");
    }
}
