package dev.corral.console.guest.network;

import dev.corral.console.fx.Threads;
import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.Problem;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.machine.network.GuestAddress;
import dev.corral.core.machine.network.NetworkMap;
import dev.corral.core.machine.network.Reachability;
import dev.corral.core.machine.network.Reachability.Probe;
import dev.corral.core.machine.network.Reachability.Result;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The network of a sandbox's machines, as it is shown. For the window's thread; what blocks runs elsewhere. */
public final class NetworkModel {
    private final NetworkSource source;
    private final Threads threads;
    private final Runnable changed;
    private final List<OpenTunnel> tunnels = new ArrayList<>();
    private final Map<String, List<GuestAddress>> seen = new HashMap<>();
    private final Map<String, String> silent = new LinkedHashMap<>();
    private List<NetworkMap.Node> machines = List.of();
    private NetworkSource.Facts facts = NetworkSource.Facts.none();
    private NetworkMap map = NetworkMap.empty();
    private Map<Probe, Optional<Result>> results = new LinkedHashMap<>();
    private Optional<Problem> problem = Optional.empty();
    private int asking;
    private boolean measuring;
    private volatile @Nullable Thread measurer;
    private boolean closed;

    /** @param changed told whenever something else is to be shown */
    public NetworkModel(NetworkSource source, Threads threads, Runnable changed) {
        this.source = source;
        this.threads = threads;
        this.changed = changed;
    }

    NetworkMap map() {
        return map;
    }

    Optional<Problem> problem() {
        return problem;
    }

    /** Whether guests are asked for their addresses. */
    boolean asking() {
        return asking > 0;
    }

    boolean measuring() {
        return measuring;
    }

    /** Why nothing can be measured now; empty when something can. */
    String measureObstacle() {
        if (measuring) {
            return "It is being measured";
        }
        long running = machines.stream().filter(NetworkMap.Node::runs).count();
        return running == 0
                ? "No VM runs"
                : machines.size() < 2 ? "It is one VM alone" : plan().isEmpty() ? "No address to reach is known" : "";
    }

    /** Forwarded ports, then tunnels. */
    List<PortRow> ports() {
        List<PortRow> rows = new ArrayList<>();
        facts.ports().forEach(port -> rows.add(PortRow.of(port, shown(port.machine()))));
        tunnels.forEach(tunnel -> rows.add(PortRow.of(tunnel)));
        return rows;
    }

    /** What was measured last. */
    List<ReachRow> reach() {
        List<ReachRow> rows = new ArrayList<>();
        results.forEach(
                (probe, result) -> rows.add(new ReachRow(shown(probe.from()), shown(probe.to()), probe, result)));
        return rows;
    }

    /** Machines that were asked for their addresses in vain, and why. */
    Map<String, String> silent() {
        return silent;
    }

    String shown(String machine) {
        return machines.stream()
                .filter(node -> node.name().equals(machine))
                .map(NetworkMap.Node::shown)
                .findFirst()
                .orElse(machine);
    }

    /** Takes note of how the sandbox is now; looks again when a machine came up, went down, or is another one. */
    public void update(SandboxView view) {
        List<NetworkMap.Node> now = view.machines().stream()
                .map(machine -> new NetworkMap.Node(
                        machine.name(),
                        ShownName.of(view.plainName(machine.name())),
                        machine.state() == MachineState.RUNNING,
                        machine.state().word()))
                .toList();
        if (!now.equals(machines)) {
            machines = now;
            tunnels.forEach(tunnel -> tunnel.runs(runs(tunnel.machine())));
            look();
        }
    }

    /** The sandbox is there no more. */
    public void gone() {
        if (machines.stream().anyMatch(NetworkMap.Node::runs)) {
            machines = machines.stream()
                    .map(node -> new NetworkMap.Node(node.name(), node.shown(), false, "gone"))
                    .toList();
            tunnels.forEach(tunnel -> tunnel.runs(false));
            redraw();
        }
    }

    private boolean runs(String machine) {
        return machines.stream().anyMatch(node -> node.name().equals(machine) && node.runs());
    }

    /** Looks at everything again. */
    void look() {
        threads.background(
                "network-facts",
                source::facts,
                found -> {
                    facts = found;
                    problem = Optional.empty();
                    redraw();
                },
                failure -> {
                    problem = Optional.of(Problem.of(failure));
                    redraw();
                });
        seen.keySet().removeIf(machine -> !runs(machine));
        silent.clear();
        for (NetworkMap.Node machine : machines) {
            if (machine.runs()) {
                ask(machine.name());
            }
        }
        redraw();
    }

    private void ask(String machine) {
        asking++;
        threads.background(
                "network-addresses",
                () -> GuestAddress.of(source.connect(machine)),
                addresses -> {
                    asking--;
                    if (runs(machine)) {
                        seen.put(machine, addresses);
                    }
                    redraw();
                },
                failure -> {
                    asking--;
                    silent.put(machine, Problem.of(failure).sentence());
                    redraw();
                });
    }

    private void redraw() {
        if (!closed) {
            map = NetworkMap.of(machines, facts.resolution(), seen);
            changed.run();
        }
    }

    private List<Probe> plan() {
        Map<String, Set<Integer>> ports = new HashMap<>();
        facts.ports().stream().filter(port -> port.protocol().equals("tcp")).forEach(port -> ports.computeIfAbsent(
                        port.machine(), name -> new TreeSet<>())
                .add(port.guest()));
        tunnels.forEach(tunnel -> ports.computeIfAbsent(tunnel.machine(), name -> new TreeSet<>())
                .add(tunnel.tunnel().port()));
        return Reachability.plan(map, ports);
    }

    /** Measures who reaches whom. */
    void measure() {
        if (!measureObstacle().isEmpty()) {
            return;
        }
        List<Probe> plan = plan();
        results = new LinkedHashMap<>();
        plan.forEach(probe -> results.put(probe, Optional.empty()));
        Map<Probe, Optional<Result>> filled = results;
        measuring = true;
        changed.run();
        threads.background(
                "network-reach",
                () -> {
                    measurer = Thread.currentThread();
                    try {
                        Reachability.measure(
                                plan,
                                source::connect,
                                result -> threads.hop(() -> {
                                    filled.put(result.probe(), Optional.of(result));
                                    changed.run();
                                }));
                    } finally {
                        measurer = null;
                    }
                    return true;
                },
                done -> measured(),
                failure -> {
                    if (!closed) {
                        problem = Optional.of(Problem.of(failure));
                    }
                    measured();
                });
    }

    private void measured() {
        measuring = false;
        if (!closed) {
            changed.run();
        }
    }

    /** Opens a tunnel to a port of a machine, asked for as {@code 80} or {@code 8080:80}. */
    void tunnel(String machine, String text) {
        String name = shown(machine);
        threads.background(
                "network-tunnel",
                () -> {
                    WantedTunnel wanted = WantedTunnel.of(text);
                    OpenTunnel[] made = new OpenTunnel[1];
                    GuestConnection guest = source.connect(machine);
                    Tunnel tunnel = guest.tunnel(
                            wanted.local(),
                            wanted.guest(),
                            refused -> threads.hop(() -> {
                                if (made[0] != null) {
                                    made[0].refused(refused.getMessage());
                                    changed.run();
                                }
                            }));
                    boolean ready = false;
                    try {
                        made[0] = new OpenTunnel(machine, name, tunnel);
                        if (!guest.answersAt(wanted.guest())) {
                            made[0].refused("Nothing answers there yet.");
                        }
                        ready = true;
                        return made[0];
                    } finally {
                        if (!ready) {
                            tunnel.close();
                        }
                    }
                },
                this::opened,
                failure -> {
                    problem = Optional.of(Problem.of(failure));
                    redraw();
                });
    }

    private void opened(OpenTunnel tunnel) {
        if (closed) {
            tunnel.tunnel().close();
            return;
        }
        tunnels.add(tunnel);
        problem = Optional.empty();
        redraw();
    }

    /** Closes a tunnel, and all that goes through it. */
    void close(OpenTunnel tunnel) {
        tunnels.remove(tunnel);
        tunnel.tunnel().close();
        redraw();
    }

    /** The tunnels that are open, in words. */
    public List<String> openTunnels() {
        return tunnels.stream().map(OpenTunnel::words).toList();
    }

    /** Closes tunnels and ends what is measured. */
    public void close() {
        closed = true;
        tunnels.forEach(tunnel -> tunnel.tunnel().close());
        tunnels.clear();
        Thread running = measurer;
        if (running != null) {
            running.interrupt();
        }
    }
}
