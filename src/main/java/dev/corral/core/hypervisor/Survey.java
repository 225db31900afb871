package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that the hypervisors have, with what it takes on disk. Immutable.
 *
 * @param takenAt  when
 * @param machines every machine, of Vagrant or not, each once
 * @param again    the same machines as other connections to the same hypervisor name them
 * @param volumes  every volume of a storage pool
 * @param networks every network that could be somebody's left over
 * @param answers  who was asked, and which hosts gave a whole answer: only there does absence mean something
 * @param health   of every host that was ever asked
 * @param problems why hosts gave no whole answer, in plain sentences
 */
public record Survey(
        Instant takenAt,
        List<SurveyedMachine> machines,
        List<HypervisorObject> again,
        List<Volume> volumes,
        List<Network> networks,
        HostAnswers answers,
        Map<Host, Host.Health> health,
        List<String> problems) {

    /** Copies the lists. */
    public Survey {
        machines = List.copyOf(machines);
        again = List.copyOf(again);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
        health = Map.copyOf(health);
        problems = List.copyOf(problems);
    }

    /** A survey that knows nothing. */
    public static Survey nothing() {
        return new Survey(
                Instant.EPOCH, List.of(), List.of(), List.of(), List.of(), HostAnswers.none(), Map.of(), List.of());
    }
}
