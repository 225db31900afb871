package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * All that the hypervisors have, with what it takes on disk. Immutable.
 *
 * @param takenAt  when
 * @param machines every machine, of Vagrant or not
 * @param volumes  every volume of a storage pool
 * @param networks every network that could be somebody's left over
 * @param answered connections that gave a whole answer, by provider, and for libvirt {@code libvirt} only when each of its
 *                 connections did: only there does absence mean something
 * @param problems why others gave none, in plain sentences
 */
public record Survey(
        Instant takenAt,
        List<SurveyedMachine> machines,
        List<Volume> volumes,
        List<Network> networks,
        Set<String> answered,
        List<String> problems) {

    /** Copies the lists. */
    public Survey {
        machines = List.copyOf(machines);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
        answered = Set.copyOf(answered);
        problems = List.copyOf(problems);
    }

    /** A survey that knows nothing. */
    public static Survey nothing() {
        return new Survey(Instant.EPOCH, List.of(), List.of(), List.of(), Set.of(), List.of());
    }
}
