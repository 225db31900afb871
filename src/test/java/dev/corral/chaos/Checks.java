package dev.corral.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to hold of an inventory, told from files and processes alone and without Corral's own reading of them. */
final class Checks {
    private static final Set<String> ABANDONED = Set.of("stray", "destroy_failed", "leftover");

    private Checks() {}

    /** What of this inventory is wrong. */
    static List<String> wrong(
            Ground ground, Bystanders bystanders, List<Seen> items, Set<String> machinesBefore, String who) {
        List<String> wrong = new ArrayList<>();
        Set<String> machines = ground.machines();
        machines.retainAll(machinesBefore);
        for (String machine : machines) {
            List<String> holders = items.stream()
                    .filter(item -> item.ids().contains(machine))
                    .map(Seen::key)
                    .toList();
            if (holders.size() != 1) {
                wrong.add((holders.isEmpty() ? "UNLISTED: " : "listed twice: ") + machine + " in " + holders);
            }
        }
        for (Seen item : items) {
            item.directory()
                    .filter(directory -> item.kind().equals("sandbox") && directory.startsWith(ground.cache()))
                    .map(directory -> state(item, directory, bystanders.states()))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(wrong::add);
        }
        for (Path directory : bystanders.states().keySet()) {
            if (items.stream().noneMatch(item -> item.key().equals("sandbox:" + directory))) {
                wrong.add("a bystander is not listed: " + directory);
            }
        }
        wrong.replaceAll(text -> who + ": " + text);
        wrong.addAll(bystanders.harm());
        return wrong;
    }

    private static String state(Seen item, Path directory, Map<Path, String> bystanders) {
        if (bystanders.containsKey(directory)) {
            return item.state().equals(bystanders.get(directory))
                    ? ""
                    : "LIVE: a bystander is " + item.state() + " and should be " + bystanders.get(directory) + ": "
                            + item.reason();
        }
        JsonNode manifest;
        try {
            manifest = Json.mapper()
                    .readTree(Files.readAllBytes(StubWorld.files(directory).manifest()));
        } catch (IOException e) {
            // It went while we looked.
            return "";
        }
        boolean pinned = manifest.path("pin").isObject();
        boolean lives = lives(manifest.path("owner"));
        boolean right = pinned
                ? item.state().equals("kept")
                : lives ? item.state().equals("live") : ABANDONED.contains(item.state());
        return right
                ? ""
                : "state " + item.state() + " (" + item.reason() + ") of " + directory.getFileName() + ", which is "
                        + (pinned ? "pinned" : "not pinned") + " and whose owner " + (lives ? "lives" : "is dead");
    }

    private static boolean lives(JsonNode owner) {
        try {
            String stat = Files.readString(Path.of("/proc", owner.path("pid").asText(), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[0].equals("Z")
                    && fields[19].equals(owner.path("start_ticks").asText());
        } catch (IOException e) {
            return false;
        }
    }
}
