package dev.corral.core.vagrantfile.keys;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the installed Vagrant and its plugins know. Paths are {@code vm.box}, {@code provider.libvirt.memory},
 * {@code provisioner.shell.inline}, {@code trigger.before.info}. Immutable.
 *
 * @param vagrant       Vagrant's version
 * @param plugins       versions of the installed plugins by name
 * @param installation  the files whose change means another Vagrant or other plugins
 * @param provisioners  the types of provisioners
 * @param providers     the providers
 * @param syncedFolders the types of synced folders
 * @param communicators the ways to talk to a machine
 * @param guests        the guests' kinds of systems
 * @param pushes        the ways to push
 * @param ordinary      what every object of Ruby can be called with
 * @param sections      the keys by the path of what knows them; a part whose plugin could not be loaded is absent
 */
public record ConfigKeys(
        String vagrant,
        Map<String, String> plugins,
        List<String> installation,
        List<String> provisioners,
        List<String> providers,
        List<String> syncedFolders,
        List<String> communicators,
        List<String> guests,
        List<String> pushes,
        List<String> ordinary,
        Map<String, List<ConfigKey>> sections) {
    /** Nothing is known: nothing is called unknown either. */
    public static final ConfigKeys NONE = new ConfigKeys(
            "", Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            Map.of());

    /** Copies what it is given, and takes absent parts for empty ones. */
    public ConfigKeys {
        vagrant = vagrant == null ? "" : vagrant;
        plugins = plugins == null ? Map.of() : Map.copyOf(plugins);
        installation = list(installation);
        provisioners = list(provisioners);
        providers = list(providers);
        syncedFolders = list(syncedFolders);
        communicators = list(communicators);
        guests = list(guests);
        pushes = list(pushes);
        ordinary = list(ordinary);
        sections = sections == null ? Map.of() : Map.copyOf(sections);
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Whether anything is known. */
    public boolean known() {
        return !sections.isEmpty();
    }

    /** The parts of the whole configuration, for instance {@code vm} and {@code ssh}. */
    public List<String> parts() {
        return sections.keySet().stream()
                .filter(path -> path.indexOf('.') < 0)
                .sorted()
                .toList();
    }

    /** The keys that what has this path knows; empty if it is unknown or could not be loaded. */
    public Optional<List<ConfigKey>> of(String path) {
        return Optional.ofNullable(sections.get(path));
    }

    /** The key with that whole path. */
    public Optional<ConfigKey> key(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : of(path.substring(0, dot)).stream()
                        .flatMap(List::stream)
                        .filter(one -> one.name().equals(path.substring(dot + 1)))
                        .findFirst();
    }

    /** The names that may stand after this path and that somebody would write. */
    public Stream<ConfigKey> offered(String path) {
        if (path.isEmpty()) {
            return parts().stream().map(name -> new ConfigKey(name, ConfigKey.Kind.READER, Optional.empty()));
        }
        return of(path).stream()
                .flatMap(List::stream)
                .filter(one -> one.kind() != ConfigKey.Kind.READER)
                .filter(one -> one.kind() == ConfigKey.Kind.SETTING || !Explanations.insides(one.name()));
    }
}
