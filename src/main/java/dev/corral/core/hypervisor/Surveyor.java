package dev.corral.core.hypervisor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks hosts for all that they have. This process's own are waited for; of the others, one that is slow or far away must not keep the
 * list of what is near from being shown. Thread-safe.
 */
final class Surveyor {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    private final Hosts hosts;
    private final Map<Host, CompletableFuture<Told>> underWay = new ConcurrentHashMap<>();
    private final Map<Host, Instant> failedAt = new ConcurrentHashMap<>();

    Surveyor(Hosts hosts) {
        this.hosts = hosts;
    }

    /** What a host told, and what was wrong with it; no reason means that it told all. */
    private record Told(SurveyParts parts, String why) {}

    /** Asks the hosts of one context, however long they take. */
    Survey of(HostContext context) {
        List<Hypervisor> there = hosts.of(context);
        Map<Host, Told> told = new LinkedHashMap<>();
        present(there).forEach(one -> told.put(one.host(), ask(one)));
        return survey(Map.of(context, Hosts.keys(there)), told);
    }

    /** Asks this process's own hosts, and those of these contexts. */
    Survey of(Collection<HostContext> contexts) {
        List<Hypervisor> own = hosts.of(HostContext.here());
        Map<HostContext, Set<Host>> reached = new HashMap<>(Map.of(HostContext.here(), Hosts.keys(own)));
        Map<Host, Hypervisor> others = new LinkedHashMap<>();
        for (HostContext context : contexts) {
            List<Hypervisor> there = hosts.of(context);
            reached.put(context, Hosts.keys(there));
            present(there).forEach(one -> others.put(one.host(), one));
        }
        own.forEach(one -> others.remove(one.host()));
        Map<Host, CompletableFuture<Told>> asked = new LinkedHashMap<>();
        others.values().forEach(one -> asked.put(one.host(), begin(one)));
        Map<Host, Told> told = new LinkedHashMap<>();
        present(own).forEach(one -> told.put(one.host(), ask(one)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        asked.forEach((host, answer) -> told.put(host, await(host, answer, end)));
        return survey(reached, told);
    }

    private static List<Hypervisor> present(List<Hypervisor> all) {
        return all.stream().filter(Hypervisor::present).toList();
    }

    private Told ask(Hypervisor hypervisor) {
        SurveyParts parts = new SurveyParts();
        String why = "";
        try {
            hypervisor.survey(parts);
        } catch (IOException e) {
            // What it told is worth showing all the same.
            why = e.getMessage() + ".";
        }
        hosts.note(hypervisor.host(), why);
        return new Told(parts, why);
    }

    // One that failed a moment ago is not asked at every look, and no second time while it still ponders.
    private CompletableFuture<Told> begin(Hypervisor hypervisor) {
        Host host = hypervisor.host();
        Instant failed = failedAt.get(host);
        if (failed != null && Duration.between(failed, Instant.now()).compareTo(BETWEEN_TRIES) < 0) {
            return CompletableFuture.completedFuture(silent(host));
        }
        return underWay.computeIfAbsent(host, key -> {
            CompletableFuture<Told> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("survey-" + host.provider()).start(() -> {
                try {
                    answer.complete(ask(hypervisor));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        });
    }

    private Told await(Host host, CompletableFuture<Told> answer, long end) {
        Told told;
        try {
            told = answer.get(Math.max(end - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            hosts.note(
                    host,
                    host.provider() + " (" + host.connection() + ") gave no answer in " + PATIENCE.toSeconds() + " s.");
            failedAt.put(host, Instant.now());
            return silent(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silent(host);
        } catch (ExecutionException e) {
            underWay.remove(host, answer);
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
        underWay.remove(host, answer);
        if (told.why.isEmpty()) {
            failedAt.remove(host);
        } else {
            failedAt.putIfAbsent(host, Instant.now());
            failedAt.computeIfPresent(
                    host,
                    (key, before) -> Duration.between(before, Instant.now()).compareTo(BETWEEN_TRIES) < 0
                            ? before
                            : Instant.now());
        }
        return told;
    }

    private Told silent(Host host) {
        Host.Health known = hosts.health().get(host);
        return new Told(
                new SurveyParts(),
                known == null || known.answers()
                        ? host.provider() + " (" + host.connection() + ") was not asked to the end."
                        : known.why());
    }

    private Survey survey(Map<HostContext, Set<Host>> reached, Map<Host, Told> told) {
        SurveyParts all = new SurveyParts();
        Set<Host> answered = new HashSet<>();
        List<String> problems = new ArrayList<>();
        told.forEach((host, one) -> {
            all.add(one.parts);
            if (one.why.isEmpty()) {
                answered.add(host);
            } else {
                problems.add(one.why);
            }
        });
        return new Survey(
                Instant.now(),
                all.machines,
                all.again,
                all.volumes,
                all.networks,
                new HostAnswers(reached, answered),
                hosts.health(),
                problems);
    }
}
