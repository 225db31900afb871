package dev.corral.chaos;

import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sandboxes that nobody may touch, whatever happens: one in use, one pinned whose owner is gone, one that starts. */
final class Bystanders {
    private final Ground ground;
    private final Owned living;
    private final Owned pinned;
    private final Operation starting;
    private final Set<String> machines;
    private final Map<Path, String> states;
    private final List<Long> vagrants = new ArrayList<>();

    Bystanders(Ground ground) throws Exception {
        this.ground = ground;
        if (!ground.machines().isEmpty()) {
            throw new IllegalStateException("there are machines before anything began: " + ground.machines());
        }
        living = Owned.start(ground, Map.of(), false);
        pinned = Owned.start(ground, Map.of(), true);
        pinned.abandon();
        if (ground.endless() == null) {
            starting = null;
            states = Map.of(living.directory(), "live", pinned.directory(), "kept");
        } else {
            starting = ground.corral().operations().start(Owned.request(ground, ground.endless()));
            Path directory = ground.cache().resolve(starting.sandbox());
            StubWorld.until(() -> ground.machines().size() == 3);
            vagrants.addAll(Killing.vagrants(directory));
            states = Map.of(living.directory(), "live", pinned.directory(), "kept", directory, "starting");
        }
        machines = ground.machines();
    }

    /** Their machines. */
    Set<String> machines() {
        return new HashSet<>(machines);
    }

    /** Their directories and the states that they have to have. */
    Map<Path, String> states() {
        return states;
    }

    /** What was done to them, one sentence each; none if all is well. */
    List<String> harm() {
        List<String> harm = new ArrayList<>();
        Set<String> gone = machines();
        gone.removeAll(ground.machines());
        gone.forEach(machine -> harm.add("machine " + machine + " of a bystander is gone"));
        states.keySet().stream()
                .filter(directory -> !Files.exists(StubWorld.files(directory).manifest()))
                .forEach(directory -> harm.add("directory " + directory + " of a bystander is gone"));
        vagrants.stream()
                .filter(pid -> ProcessHandle.of(pid).isEmpty())
                .forEach(pid -> harm.add("Vagrant " + pid + " of a bystander has ended"));
        if (starting != null && starting.done().isDone()) {
            harm.add("the start of a bystander has ended");
        }
        return harm;
    }

    /** Removes them. */
    void remove() throws Exception {
        if (starting != null) {
            starting.cancel();
            starting.done().handle((nothing, failure) -> nothing).join();
        }
        living.abandon();
        for (Owned one : List.of(living, pinned)) {
            StubWorld.await(ground.corral().operations().destroy(one.id()));
        }
    }
}
