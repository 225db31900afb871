package dev.corral.chaos;

import dev.corral.cli.CorralProcess;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrant.VagrantProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at what a kill has left, cleans up, and looks again. */
final class Aftermath {
    private static final Duration OLD = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Ground ground;
    private final Bystanders bystanders;
    private final boolean byCommand;
    private final List<String> wrong = new ArrayList<>();
    private int strays;
    private int cleaned;

    Aftermath(Ground ground, Bystanders bystanders, boolean byCommand) {
        this.ground = ground;
        this.bystanders = bystanders;
        this.byCommand = byCommand;
    }

    /** What is wrong. */
    List<String> wrong() {
        return wrong;
    }

    /** Items that were reclaimable. */
    int strays() {
        return strays;
    }

    /** Items that were cleaned. */
    int cleaned() {
        return cleaned;
    }

    /** Looks with the eyes of this process and of another, fresh one. */
    List<Seen> look() throws InterruptedException {
        Set<String> machines = ground.machines();
        wrong.addAll(Checks.wrong(
                ground, bystanders, Seen.of(ground.corral().inventory().refresh()), machines, "this process"));
        machines = ground.machines();
        CorralProcess.Ended ended = CorralProcess.run(ground.variables(), "strays", "--json");
        if (ended.exitCode() != 0) {
            wrong.add("corral strays: " + ended);
            return List.of();
        }
        List<Seen> items = Seen.of(ended.json());
        wrong.addAll(Checks.wrong(ground, bystanders, items, machines, "corral strays"));
        return items;
    }

    /** Cleans up; {@code kept} are directories besides the bystanders' that have to stay. */
    void cleanUp(List<Seen> items, Set<Path> kept) throws IOException, InterruptedException {
        // What is young may belong to a start that has just begun, and nobody wants to wait so long here.
        for (Seen item : items) {
            if (item.kind().equals("folder")
                    && item.state().equals("unknown")
                    && Files.isDirectory(item.directory().orElseThrow())) {
                Files.setLastModifiedTime(
                        item.directory().get(), FileTime.from(Instant.now().minus(OLD)));
            }
        }
        // A destroy that somebody asked for goes on though who carried it out was killed; that is none of the cleanup's
        // doing.
        Instant end = Instant.now().plus(PATIENCE);
        while (kept.stream().anyMatch(directory -> !VagrantProcesses.anyIn(directory)
                        .isEmpty())
                && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        Set<String> keptMachines = bystanders.machines();
        items.stream()
                .filter(item -> item.directory().filter(kept::contains).isPresent())
                .forEach(item -> keptMachines.addAll(item.ids()));
        keptMachines.retainAll(ground.machines());
        if (byCommand) {
            List<String> arguments = new ArrayList<>(List.of("cleanup", "--json"));
            arguments.addAll(ground.cleanup(items));
            CorralProcess.Ended ended = CorralProcess.run(ground.variables(), arguments.toArray(String[]::new));
            if (ended.exitCode() != 0 && ended.exitCode() != 3) {
                wrong.add("corral cleanup: " + ended);
            }
            strays += ended.stdout().length == 0 ? 0 : ended.json().size();
            cleaned += ended.exitCode() == 0 ? ended.json().size() : 0;
        } else {
            List<String> names = ground.cleanup(items);
            CleanupPlan plan = ground.corral()
                    .cleanup()
                    .plan(names.equals(List.of("--strays")) ? CleanupChoice.everyStray() : CleanupChoice.of(names));
            strays += plan.steps().size();
            for (StepResult result :
                    ground.corral().cleanup().run(plan, step -> {}).done().join()) {
                boolean good = result.status() == StepResult.Status.DONE || result.status() == StepResult.Status.GONE;
                cleaned += good ? 1 : 0;
                if (!good) {
                    wrong.add("cleanup of " + result.step().name() + " " + result.status() + ": " + result.problem());
                }
            }
        }
        after(kept, keptMachines);
    }

    private void after(Set<Path> kept, Set<String> keptMachines) throws IOException {
        Set<String> left = ground.machines();
        left.removeAll(keptMachines);
        left.forEach(machine -> wrong.add("UNLISTED: machine " + machine + " is still there after the cleanup"));
        Set<String> gone = new HashSet<>(keptMachines);
        gone.removeAll(ground.machines());
        gone.forEach(machine -> wrong.add("LIVE: machine " + machine + " was to be kept and is gone"));
        for (String name : StubWorld.directories(ground.cache())) {
            Path directory = ground.cache().resolve(name);
            if (!kept.contains(directory) && !bystanders.states().containsKey(directory)) {
                wrong.add("directory " + name + " is still there after the cleanup");
            }
        }
        Path trash = ground.cache().resolve(".corral/trash");
        if (Files.isDirectory(trash)) {
            try (var rubbish = Files.list(trash)) {
                rubbish.forEach(
                        path -> wrong.add("rubbish " + path.getFileName() + " is still there after the cleanup"));
            }
        }
        Seen.of(ground.corral().inventory().refresh()).stream()
                .filter(Seen::reclaimable)
                .filter(ground::ours)
                .forEach(item -> wrong.add("still reclaimable after the cleanup: " + item));
        wrong.addAll(bystanders.harm());
    }
}
