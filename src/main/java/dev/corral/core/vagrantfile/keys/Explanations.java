package dev.corral.core.vagrantfile.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the keys that people use mean, in a line each. */
public final class Explanations {
    private static final Map<String, String> WORDS = load();
    // Vagrant's plugins call them on each other; they are public, and no settings.
    private static final Set<String> INSIDES = Set.of(
            "create_trigger",
            "get_provider_config",
            "get_provider_overrides",
            "presence",
            "scoped_hash_override",
            "save_synced_folders",
            "synced_folders",
            "synced_folders_diff",
            "impl_opts",
            "default_synced_folder_type",
            "prefix_with");

    private Explanations() {}

    private static Map<String, String> load() {
        Map<String, String> words = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(Explanations.class.getResourceAsStream("words.txt"), "words.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    words.put(
                            line.substring(0, colon), line.substring(colon + 2).strip());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a resource of ours can be read", e);
        }
        return words;
    }

    /** What the key with that path means; empty if nobody has written it down. */
    public static Optional<String> of(String path) {
        return Optional.ofNullable(WORDS.get(alike(path)));
    }

    /** The options that a call of that path takes, as far as they are written down, with what they mean. */
    public static Map<String, String> options(String path) {
        Map<String, String> found = new LinkedHashMap<>();
        String start = alike(path) + ":";
        WORDS.forEach((name, words) -> {
            if (name.startsWith(start)) {
                found.put(name.substring(start.length()), words);
            }
        });
        return found;
    }

    /** The paths of all that is explained; those of options have a colon before the option. */
    public static List<String> all() {
        return List.copyOf(WORDS.keySet());
    }

    /** Whether a method of that name is none that a Vagrantfile calls. */
    static boolean insides(String name) {
        return INSIDES.contains(name);
    }

    private static String alike(String path) {
        return path.startsWith("trigger.after.") ? "trigger.before." + path.substring("trigger.after.".length()) : path;
    }
}
