package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the hypervisors said at one moment.
 *
 * @param takenAt  when
 * @param objects  what exists, by provider and id
 * @param answered providers that gave a whole answer: only there does absence mean something
 * @param problems why others gave none, in plain sentences
 * @param summary  one line for people, for instance {@code libvirt}
 */
public record HypervisorSnapshot(
        Instant takenAt,
        Map<String, HypervisorObject> objects,
        Set<String> answered,
        List<String> problems,
        String summary) {

    /** A snapshot that knows nothing. */
    public static HypervisorSnapshot nothing() {
        return new HypervisorSnapshot(Instant.EPOCH, Map.of(), Set.of(), List.of(), "");
    }

    static HypervisorSnapshot of(
            List<HypervisorObject> found, Set<String> answered, List<String> problems, String summary) {
        return new HypervisorSnapshot(
                Instant.now(),
                found.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                object -> key(object.provider(), object.id()),
                                Function.identity(),
                                (first, second) -> first)),
                Set.copyOf(answered),
                List.copyOf(problems),
                summary);
    }

    /** The object with this id. */
    public Optional<HypervisorObject> find(String provider, String id) {
        return Optional.ofNullable(objects.get(key(provider, id)));
    }

    private static String key(String provider, String id) {
        return provider + "\u0000" + id;
    }
}
