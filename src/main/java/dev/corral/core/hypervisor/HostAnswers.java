package dev.corral.core.hypervisor;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which hosts were asked for whom, and which of them answered. Absence of a machine means something only where all hosts that it could
 * be at gave a whole answer. Immutable.
 *
 * @param reached  the hosts of each context that was asked for, the likeliest first
 * @param answered those that gave a whole answer
 */
public record HostAnswers(Map<HostContext, Set<Host>> reached, Set<Host> answered) {

    /** Copies what it is given. */
    public HostAnswers {
        Map<HostContext, Set<Host>> copy = new HashMap<>();
        reached.forEach((context, hosts) -> copy.put(context, Collections.unmodifiableSet(new LinkedHashSet<>(hosts))));
        reached = Map.copyOf(copy);
        answered = Set.copyOf(answered);
    }

    /** Nobody was asked. */
    public static HostAnswers none() {
        return new HostAnswers(Map.of(), Set.of());
    }

    /** The hosts at which machines of this provider can be, for this context, the likeliest first. */
    public Set<Host> hosts(HostContext context, String provider) {
        Set<Host> all = reached.getOrDefault(context, Set.of());
        return all.stream().allMatch(host -> host.provider().equals(provider))
                ? all
                : all.stream()
                        .filter(host -> host.provider().equals(provider))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a machine of this provider that none of them has is at none of them. */
    public boolean tells(HostContext context, String provider) {
        Set<Host> hosts = hosts(context, provider);
        return !hosts.isEmpty() && answered.containsAll(hosts);
    }

    /** Whether every host of this provider that anybody's context leads to answered, and there is one. */
    public boolean allTell(String provider) {
        return tells(HostContext.here(), provider)
                && reached.keySet().stream()
                        .allMatch(context -> hosts(context, provider).isEmpty() || tells(context, provider));
    }

    /** Whether this process's own variables lead to this host. */
    public boolean own(Host host) {
        return reached.getOrDefault(HostContext.here(), Set.of()).contains(host);
    }

    /** Whether hosts were asked to which only the variables of sandboxes lead. */
    public boolean others() {
        return reached.values().stream().anyMatch(hosts -> hosts.stream().anyMatch(host -> !own(host)));
    }
}
