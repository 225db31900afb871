package dev.corral.core.solve.batch;

/** Does what must be done whoever is interrupted: an interrupt would close the files that it is at, and leave a machine behind. */
final class ToItsEnd {
    private ToItsEnd() {}

    /** Runs the work on a thread of its own and waits for its end. An interrupt of the caller, before or meanwhile, is kept for later. */
    static void run(String name, Runnable work) {
        boolean interrupted = Thread.interrupted();
        Thread thread = Thread.ofVirtual().name(name).start(work);
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
