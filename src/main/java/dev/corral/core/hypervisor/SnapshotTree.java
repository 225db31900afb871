package dev.corral.core.hypervisor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Puts saved states below those that they came from. Pure. */
public final class SnapshotTree {
    private SnapshotTree() {}

    /**
     * One at its place.
     *
     * @param one   what was put there
     * @param depth how many are above it that it came from
     */
    public record Placed<T>(T one, int depth) {}

    /**
     * All of them, each parent directly above its children, siblings in the given order. Where a parent is not among them, or names go
     * round in a circle, which only a broken listing has, they stand at the top.
     *
     * @param all      of one machine, each name once
     * @param snapshot tells what each is about
     */
    public static <T> List<Placed<T>> of(List<T> all, Function<T, VmSnapshot> snapshot) {
        Set<String> names = new HashSet<>();
        all.forEach(one -> names.add(snapshot.apply(one).name()));
        Map<String, List<T>> below = new HashMap<>();
        List<T> top = new ArrayList<>();
        for (T one : all) {
            snapshot.apply(one)
                    .parent()
                    .filter(names::contains)
                    .ifPresentOrElse(
                            parent -> below.computeIfAbsent(parent, name -> new ArrayList<>())
                                    .add(one),
                            () -> top.add(one));
        }
        List<Placed<T>> placed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        place(top, below, snapshot, seen, placed);
        for (T one : all) {
            place(List.of(one), below, snapshot, seen, placed);
        }
        return List.copyOf(placed);
    }

    private static <T> void place(
            List<T> those,
            Map<String, List<T>> below,
            Function<T, VmSnapshot> snapshot,
            Set<String> seen,
            List<Placed<T>> placed) {
        Deque<Placed<T>> left = new ArrayDeque<>();
        those.reversed().forEach(one -> left.push(new Placed<>(one, 0)));
        while (!left.isEmpty()) {
            Placed<T> next = left.pop();
            String name = snapshot.apply(next.one()).name();
            if (seen.add(name)) {
                placed.add(next);
                below.getOrDefault(name, List.of())
                        .reversed()
                        .forEach(child -> left.push(new Placed<>(child, next.depth() + 1)));
            }
        }
    }
}
