package dev.corral.chaos;

import dev.corral.chaos.Kill.Victim;
import dev.corral.core.vagrant.VagrantProcesses;
import java.nio.file.Path;
import java.util.List;

/** Waits for the moment of a kill and kills. */
final class Killing {
    private Killing() {}

    /** Whether anybody was there to be killed when the moment had come. */
    static boolean carryOut(Kill kill, Scene scene) throws InterruptedException {
        while (!kill.moment().reached().test(scene)) {
            if (!scene.process().alive()) {
                return false;
            }
            Thread.sleep(1);
        }
        Thread.sleep(kill.delay());
        boolean owner = scene.process().alive();
        List<Long> vagrants =
                kill.victim() == Victim.OWNER || scene.directory() == null ? List.of() : vagrants(scene.directory());
        switch (kill.victim()) {
            case OWNER -> scene.process().kill();
            case VAGRANT -> vagrants.forEach(Killing::kill);
            case BOTH -> {
                if (kill.ownerFirst()) {
                    scene.process().kill();
                    Thread.sleep(kill.gap());
                    vagrants.forEach(Killing::kill);
                } else {
                    vagrants.forEach(Killing::kill);
                    Thread.sleep(kill.gap());
                    scene.process().kill();
                }
            }
        }
        return switch (kill.victim()) {
            case OWNER -> owner;
            case VAGRANT -> !vagrants.isEmpty();
            case BOTH -> owner && !vagrants.isEmpty();
        };
    }

    /** The Vagrant processes that work in a directory. */
    static List<Long> vagrants(Path directory) {
        return VagrantProcesses.anyIn(directory).stream()
                .map(command -> command.process().pid())
                .toList();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
