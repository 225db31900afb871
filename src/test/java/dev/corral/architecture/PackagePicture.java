package dev.corral.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which room needs which, as a Mermaid flow chart. An arrow that a longer way already says is left out. */
final class PackagePicture {
    private final Map<String, Set<String>> needs = new TreeMap<>();

    PackagePicture(JavaClasses classes) {
        for (JavaClass type : classes) {
            String from = room(type);
            Set<String> rooms = needs.computeIfAbsent(from, room -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith("dev.corral"))
                    .map(PackagePicture::room)
                    .filter(to -> !to.equals(from))
                    .forEach(rooms::add);
        }
    }

    // core.vagrant.index is a part of core.vagrant, cli.copy one of cli.
    private static String room(JavaClass type) {
        String[] names = type.getPackageName().split("\\.");
        if (names.length <= 2) {
            return "main";
        }
        boolean divided = names[2].equals("core") || names[2].equals("console");
        return divided && names.length > 3 ? names[2] + "." + names[3] : names[2];
    }

    String mermaid() {
        StringBuilder text = new StringBuilder("flowchart TB\n");
        for (String floor : Set.of("core", "console").stream().sorted().toList()) {
            text.append("  subgraph ").append(floor).append("\n");
            needs.keySet().stream().filter(room -> room.startsWith(floor)).forEach(room -> text.append("    ")
                    .append(id(room))
                    .append("[\"")
                    .append(room.equals(floor) ? "(the window)" : room.substring(floor.length() + 1))
                    .append("\"]\n"));
            text.append("  end\n");
        }
        needs.forEach((from, rooms) -> rooms.stream()
                .filter(to -> rooms.stream()
                        .noneMatch(
                                other -> !other.equals(to) && reachable(other).contains(to)))
                .forEach(to -> text.append("  ")
                        .append(id(from))
                        .append(" --> ")
                        .append(id(to))
                        .append('\n')));
        return text.toString();
    }

    private Set<String> reachable(String from) {
        Set<String> seen = new TreeSet<>(needs.getOrDefault(from, Set.of()));
        int before = -1;
        while (before != seen.size()) {
            before = seen.size();
            seen = seen.stream()
                    .flatMap(room -> Stream.concat(Stream.of(room), needs.getOrDefault(room, Set.of()).stream()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        return seen;
    }

    // A node must not be called as the box around it.
    private static String id(String room) {
        return room.equals("console") ? "window" : room.replace('.', '_');
    }
}
