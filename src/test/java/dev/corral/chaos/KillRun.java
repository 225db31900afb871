package dev.corral.chaos;

import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Does one kill among bystanders, and everything before and after it. */
final class KillRun {
    private final Ground ground;
    private final Bystanders bystanders;

    KillRun(Ground ground, Bystanders bystanders) {
        this.ground = ground;
        this.bystanders = bystanders;
    }

    /**
     * How it went.
     *
     * @param hit     whether anybody was there to be killed
     * @param strays  items that a cleanup was to take
     * @param cleaned items that it took
     * @param wrong   what is wrong, a sentence each
     */
    record Outcome(Kill kill, boolean hit, int strays, int cleaned, List<String> wrong) {}

    /** Does it; leaves nothing but the bystanders. */
    Outcome carryOut(Kill kill) throws Exception {
        Owned target =
                kill.operation() == Operation.START ? null : Owned.start(ground, ground.context(kill.two()), false);
        if (target != null) {
            if (!kill.ownerLives()) {
                target.abandon();
            }
            if (kill.operation() == Operation.UP) {
                StubWorld.await(ground.corral()
                        .operations()
                        .run(target.id(), "", dev.corral.core.operation.MachineVerb.halt(), line -> {}));
            }
        }
        Scene scene = new Scene(ground, target == null ? null : target.directory(), arguments(kill, target));
        boolean hit = Killing.carryOut(kill, scene);
        if (kill.victim() == Kill.Victim.VAGRANT || !hit) {
            scene.process().await();
        }
        Path directory = scene.directory();
        if (kill.settle() && directory != null) {
            StubWorld.until(() -> Killing.vagrants(directory).isEmpty());
        }
        Aftermath aftermath = new Aftermath(ground, bystanders, kill.byCommand());
        List<Seen> items = aftermath.look();
        boolean kept = directory != null
                && (pinned(directory) || target != null && target.owner().isAlive())
                && Files.exists(directory);
        aftermath.cleanUp(items, kept ? Set.of(directory) : Set.of());
        if (kept) {
            letGo(target, directory);
            aftermath.cleanUp(aftermath.look(), Set.of());
        }
        if (target != null) {
            target.abandon();
        }
        return new Outcome(kill, hit, aftermath.strays(), aftermath.cleaned(), new ArrayList<>(aftermath.wrong()));
    }

    private String[] arguments(Kill kill, Owned target) {
        List<String> arguments = new ArrayList<>();
        if (target == null) {
            arguments.addAll(List.of(
                    "start", "--json", "--vagrantfile", ground.vagrantfile().toString()));
            ground.context(kill.two()).forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        } else if (kill.operation() == Operation.CLEANUP) {
            arguments.add("cleanup");
            arguments.addAll(ground.cleanup(Seen.of(ground.corral().inventory().refresh())));
        } else {
            arguments.addAll(kill.operation().arguments(target.id()));
        }
        return arguments.toArray(String[]::new);
    }

    private void letGo(Owned target, Path directory) throws InterruptedException {
        if (target != null) {
            target.abandon();
        } else {
            ground.corral().operations().pin(directory.getFileName().toString(), false);
        }
    }

    private static boolean pinned(Path directory) {
        try {
            return Json.mapper()
                    .readTree(Files.readAllBytes(StubWorld.files(directory).manifest()))
                    .path("pin")
                    .isObject();
        } catch (IOException e) {
            // Its directory or manifest is not there: nobody pinned that.
            return false;
        }
    }
}
