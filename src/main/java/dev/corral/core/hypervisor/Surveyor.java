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
import java.util.Optional;
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
    private final Map<Host, Failure> failures = new ConcurrentHashMap<>();

    Surveyor(Hosts hosts) {
        this.hosts = hosts;
    }

    /** What a host told, and what was wrong with it; no reason means that it told all. */
    private record Told(SurveyParts parts, String why) {}

    private record Failure(String why, Instant at) {
        boolean recent() {
            return Duration.between(at, Instant.now()).compareTo(BETWEEN_TRIES) < 0;
        }
    }

    /** Asks the hosts of one context, however long they take. */
    Survey of(HostContext context) {
        List<Hypervisor> there = hosts.of(context);
        Map<Host, Told> told = new LinkedHashMap<>();
        for (Hypervisor one : present(there)) {
            told.put(one.host(), ask(one));
            if (told.get(one.host()).why.isEmpty()) {
                failures.remove(one.host());
            }
        }
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
        others.forEach((host, one) -> asked.put(host, silence(host).orElseGet(() -> begin(one))));
        Map<Host, Told> told = new LinkedHashMap<>();
        present(own).forEach(one -> told.put(one.host(), ask(one)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        asked.forEach((host, answer) -> told.put(host, await(host, answer, end)));
        return survey(reached, told);
    }

    // One that failed a moment ago is not asked at every look, and no second time while it still ponders. What it says
    // in the end
    // is not taken: it may be old by then, and a machine that was made meanwhile would seem to be gone.
    private Optional<CompletableFuture<Told>> silence(Host host) {
        Failure failure = failures.get(host);
        CompletableFuture<Told> before = underWay.get(host);
        return failure == null || !failure.recent() && (before == null || before.isDone())
                ? Optional.empty()
                : Optional.of(CompletableFuture.completedFuture(new Told(new SurveyParts(), failure.why)));
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

    private CompletableFuture<Told> begin(Hypervisor hypervisor) {
        CompletableFuture<Told> answer = new CompletableFuture<>();
        underWay.put(hypervisor.host(), answer);
        Thread.ofVirtual().name("survey-" + hypervisor.provider()).start(() -> {
            try {
                answer.complete(ask(hypervisor));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private Told await(Host host, CompletableFuture<Told> answer, long end) {
        Told told;
        try {
            told = answer.get(Math.max(end - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            told = silent(host, "gave no answer in " + PATIENCE.toSeconds() + " s.");
            hosts.note(host, told.why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silent(host, "was not asked to the end.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
        Failure failure = new Failure(told.why, Instant.now());
        if (told.why.isEmpty()) {
            failures.remove(host);
        } else {
            // The half minute begins with the first failure, or it would never end.
            failures.merge(host, failure, (before, now) -> before.recent() ? before : now);
        }
        return told;
    }

    private static Told silent(Host host, String why) {
        return new Told(new SurveyParts(), host.provider() + " (" + host.connection() + ") " + why);
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
