package dev.corral.core.machine.network;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who reaches whom, measured from inside: by ping, and by connections that each guest's SSH server makes. What comes of it is the guests'
 * word. Bounded in number, and in time each.
 */
public final class Reachability {
    /** The most that is measured at a time. */
    public static final int MOST = 400;

    private static final int MOST_PORTS = 6;
    private static final int AT_ONCE = 4;
    private static final int SSH = 22;
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration PING = Duration.ofSeconds(12);

    private Reachability() {}

    /**
     * Something to be measured.
     *
     * @param from    the machine that tries
     * @param to      the machine that it tries to reach
     * @param address the other's address
     * @param port    the other's TCP port; 0 means ping
     */
    public record Probe(String from, String to, String address, int port) {
        /** {@code ping}, or {@code TCP 80}. */
        public String what() {
            return port == 0 ? "ping" : "TCP " + port;
        }
    }

    /** What came of a probe. */
    public enum Verdict {
        /** It was answered. */
        REACHED("reaches it"),
        /** The machine answers, and nothing listens at that port. */
        REFUSED("refused: nothing listens"),
        /** Nobody answered in time. */
        SILENT("no answer"),
        /** There is no way there. */
        NO_WAY("no way there"),
        /** It could not be measured. */
        UNKNOWN("not known");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * A result.
     *
     * @param probe   what was measured
     * @param verdict what came of it
     * @param note    why it is not known, a sentence; otherwise empty
     */
    public record Result(Probe probe, Verdict verdict, String note) {}

    /**
     * What there is to measure: from each machine that runs to the addresses of each other one, by ping, at the port of SSH and at those
     * that are forwarded.
     *
     * @param ports the TCP ports of each machine that matter
     */
    public static List<Probe> plan(NetworkMap map, Map<String, Set<Integer>> ports) {
        List<Probe> probes = new ArrayList<>();
        for (NetworkMap.Node from : map.machines()) {
            for (NetworkMap.Node to : map.machines()) {
                if (from.runs() && !from.name().equals(to.name())) {
                    for (NetworkMap.Link link : map.of(to.name())) {
                        if (Ipv4.is(link.address()) && !own(map, from, link)) {
                            probes.add(new Probe(from.name(), to.name(), link.address(), 0));
                            ports(ports.getOrDefault(to.name(), Set.of()))
                                    .forEach(port ->
                                            probes.add(new Probe(from.name(), to.name(), link.address(), port)));
                        }
                    }
                }
            }
        }
        return List.copyOf(probes.subList(0, Math.min(MOST, probes.size())));
    }

    private static boolean own(NetworkMap map, NetworkMap.Node from, NetworkMap.Link link) {
        return map.of(from.name()).stream().anyMatch(mine -> mine.address().equals(link.address()));
    }

    private static List<Integer> ports(Set<Integer> more) {
        List<Integer> ports = new ArrayList<>(List.of(SSH));
        more.stream()
                .filter(port -> port != SSH && port > 0 && port <= 65535)
                .sorted()
                .limit(MOST_PORTS)
                .forEach(ports::add);
        return ports;
    }

    /**
     * Measures, from several machines at once and a few at a time from each. Blocks until all is done; an interrupt ends it early.
     *
     * @param connect gives the connection of a machine
     * @param told    gets each result as it comes, on any thread
     */
    public static void measure(List<Probe> probes, Function<String, GuestConnection> connect, Consumer<Result> told)
            throws InterruptedException {
        Map<String, List<Probe>> bySource = new LinkedHashMap<>();
        probes.forEach(probe -> bySource.computeIfAbsent(probe.from(), name -> new ArrayList<>())
                .add(probe));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Semaphore left = new Semaphore(0);
        try {
            bySource.forEach((from, own) -> {
                Semaphore room = new Semaphore(AT_ONCE);
                own.forEach(probe -> threads.execute(() -> {
                    try {
                        room.acquire();
                        try {
                            told.accept(measured(probe, connect));
                        } finally {
                            room.release();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        left.release();
                    }
                }));
            });
            left.acquire(probes.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Result measured(Probe probe, Function<String, GuestConnection> connect) throws InterruptedException {
        try {
            GuestConnection guest = connect.apply(probe.from());
            return probe.port() == 0 ? ping(probe, guest) : tcp(probe, guest);
        } catch (ExpectedFailure e) {
            return new Result(probe, Verdict.UNKNOWN, e.getMessage());
        }
    }

    private static Result ping(Probe probe, GuestConnection guest) throws InterruptedException {
        ExecResult result = guest.exec(ExecRequest.of("ping", "-n", "-c", "1", "-W", "5", probe.address())
                .withCaptureLimit(8 * 1024)
                .withTimeout(PING));
        return switch (result.exitCode()) {
            case 0 -> new Result(probe, Verdict.REACHED, "");
            case 1, ExecResult.TIMED_OUT -> new Result(probe, Verdict.SILENT, "");
            case 126, 127 -> new Result(probe, Verdict.UNKNOWN, "The guest has no ping.");
            default -> new Result(probe, Verdict.NO_WAY, "");
        };
    }

    private static Result tcp(Probe probe, GuestConnection guest) throws InterruptedException {
        return switch (guest.reaches(probe.address(), probe.port(), CONNECT)) {
            case OPEN -> new Result(probe, Verdict.REACHED, "");
            case REFUSED -> new Result(probe, Verdict.REFUSED, "");
            case SILENT -> new Result(probe, Verdict.SILENT, "");
            case NO_WAY -> new Result(probe, Verdict.NO_WAY, "");
            case FORBIDDEN ->
                new Result(probe, Verdict.UNKNOWN, "Its SSH server connects nowhere (AllowTcpForwarding).");
        };
    }
}
