package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the hypervisors said at one moment.
 *
 * @param takenAt  when
 * @param objects  what exists, by host and id
 * @param answers  who was asked, and which hosts gave a whole answer: only there does absence mean something
 * @param problems why others gave none, in plain sentences
 * @param summary  one line for people, for instance {@code libvirt}
 */
public record HypervisorSnapshot(
        Instant takenAt,
        Map<String, HypervisorObject> objects,
        HostAnswers answers,
        List<String> problems,
        String summary) {

    /** A snapshot that knows nothing. */
    public static HypervisorSnapshot nothing() {
        return new HypervisorSnapshot(Instant.EPOCH, Map.of(), HostAnswers.none(), List.of(), "");
    }

    static HypervisorSnapshot of(
            List<HypervisorObject> found, HostAnswers answers, List<String> problems, String summary) {
        return new HypervisorSnapshot(
                Instant.now(),
                found.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                object -> object.host().key(object.id()),
                                Function.identity(),
                                (first, second) -> first)),
                answers,
                problems.stream().distinct().toList(),
                summary);
    }

    /**
     * The machine with this id, at the hosts that the context leads to and at no others.
     *
     * @param context of the sandbox that it is of
     */
    public Optional<HypervisorObject> find(HostContext context, String provider, String id) {
        return answers.hosts(context, provider).stream()
                .map(host -> objects.get(host.key(id)))
                .filter(object -> object != null)
                .findFirst();
    }

    /** Whether a machine of this provider that can't be found for this context exists nowhere. */
    public boolean tells(HostContext context, String provider) {
        return answers.tells(context, provider);
    }
}
