package dev.corral.core.vagrant.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that holds the lock of an index until it is killed. */
final class LockProbe {
    private LockProbe() {}

    /** Takes the lock of this Vagrant home, in the middle of removing this entry. */
    public static void main(String[] arguments) {
        MachineIndex.remove(Path.of(arguments[0]), List.of(arguments[1]), entry -> {
            System.out.println("held");
            try {
                Thread.sleep(Duration.ofMinutes(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
    }
}
