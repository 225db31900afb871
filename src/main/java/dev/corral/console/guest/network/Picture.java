package dev.corral.console.guest.network;

import dev.corral.console.guest.ShownName;
import dev.corral.core.machine.network.NetworkMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything stands in the picture of a network: machines in a row, networks as bars below them, who reaches whom as arcs above.
 * Pure.
 *
 * @param boxes  the machines
 * @param bars   the networks
 * @param drops  the lines between them, with addresses
 * @param arcs   who reaches whom, as far as it was measured
 * @param width  of all, in pixels
 * @param height of all, in pixels
 */
record Picture(List<Box> boxes, List<Bar> bars, List<Drop> drops, List<Arc> arcs, double width, double height) {
    static final double BOX_WIDTH = 216;
    static final double BOX_HEIGHT = 58;

    private static final double EDGE = 20;
    private static final double GAP = 34;
    private static final double ARCS = 58;
    private static final double FIRST_BAR = 58;
    private static final double BAR_GAP = 54;
    private static final double ADDRESS = 140;

    /** A machine. */
    record Box(double x, double y, String title, String state, boolean runs, List<String> ports) {}

    /** A network. */
    record Bar(double x, double y, double width, String title, String note, int number) {}

    /** A machine's line down to a network. */
    record Drop(double x, double top, double bottom, String address, boolean seen, int number) {}

    /** Two machines that were measured. */
    record Arc(double from, double to, double y, String words, ReachRow.Way way) {}

    static Picture of(NetworkMap map, List<PortRow> ports, List<ReachRow> reach) {
        boolean measured = !reach.isEmpty();
        double top = measured ? EDGE + ARCS + 18.0 * Math.max(0, map.machines().size() - 2) : EDGE;
        List<Box> boxes = new ArrayList<>();
        Map<String, Double> left = new HashMap<>();
        double x = EDGE;
        for (NetworkMap.Node machine : map.machines()) {
            double width =
                    Math.max(BOX_WIDTH, 30 + ADDRESS * map.of(machine.name()).size());
            List<String> own = ports.stream()
                    .filter(port -> port.machine().equals(machine.shown()) && port.local() > 0)
                    .map(port -> port.here() + " → " + port.guest())
                    .toList();
            boxes.add(new Box(x, top, machine.shown(), machine.state(), machine.runs(), own));
            left.put(machine.name(), x);
            x += width + GAP;
        }
        double width = Math.max(x - GAP + EDGE, 2 * EDGE + BOX_WIDTH);
        List<Bar> bars = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        double y = top + BOX_HEIGHT + FIRST_BAR;
        for (NetworkMap.Network network : map.networks()) {
            numbers.put(network.key(), bars.size());
            bars.add(new Bar(
                    EDGE,
                    y,
                    width - 2 * EDGE,
                    ShownName.of(network.title()),
                    ShownName.of(network.note()),
                    bars.size()));
            y += BAR_GAP;
        }
        List<Drop> drops = new ArrayList<>();
        for (NetworkMap.Node machine : map.machines()) {
            double at = left.getOrDefault(machine.name(), EDGE) + 24;
            for (NetworkMap.Link link : map.of(machine.name())) {
                int number = numbers.getOrDefault(link.network(), 0);
                drops.add(new Drop(
                        at,
                        top + BOX_HEIGHT,
                        bars.get(number).y(),
                        link.address() + (link.seen() ? "" : " (file)"),
                        link.seen(),
                        number));
                at += ADDRESS;
            }
        }
        return new Picture(boxes, bars, drops, measured ? arcs(map, boxes, reach) : List.of(), width, y + EDGE);
    }

    private static List<Arc> arcs(NetworkMap map, List<Box> boxes, List<ReachRow> reach) {
        List<Arc> arcs = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                String one = map.machines().get(i).name();
                String other = map.machines().get(j).name();
                ReachRow.Way there = ReachRow.way(reach, one, other);
                ReachRow.Way back = ReachRow.way(reach, other, one);
                double y = boxes.get(i).y() - 18.0 * (j - i);
                arcs.add(new Arc(
                        boxes.get(i).x() + BOX_WIDTH / 2,
                        boxes.get(j).x() + BOX_WIDTH / 2,
                        y,
                        words(boxes.get(i).title(), boxes.get(j).title(), there, back),
                        there == back ? there : ReachRow.Way.UNKNOWN));
            }
        }
        return arcs;
    }

    private static String words(String one, String other, ReachRow.Way there, ReachRow.Way back) {
        if (there == back) {
            return switch (there) {
                case YES -> "reach each other";
                case NO -> "do not reach each other";
                case UNKNOWN -> "not known";
            };
        }
        if (there == ReachRow.Way.YES) {
            return one + " reaches " + other + (back == ReachRow.Way.NO ? ", not back" : "");
        }
        if (back == ReachRow.Way.YES) {
            return other + " reaches " + one + (there == ReachRow.Way.NO ? ", not back" : "");
        }
        return "not known";
    }
}
