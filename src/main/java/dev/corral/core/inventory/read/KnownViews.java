package dev.corral.core.inventory.read;

import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Views as they were made last, which are still true while the files of their sandboxes, the hypervisors' answers and the lives of all
 * processes that they tell of are the same. Thousands are not made anew because one changed. Not thread-safe.
 */
final class KnownViews {
    private final Map<Path, Known> known = new HashMap<>();
    private HypervisorSnapshot answers = HypervisorSnapshot.nothing();
    private Map<ProcessIdentity, Life> lives = Map.of();
    private boolean same;

    /** A view without and with the liveness that its item gave it. */
    private record Known(SandboxReader.Layers layers, SandboxView read, SandboxView finished) {}

    /** Begins to make views from these answers. */
    void begin(HypervisorSnapshot now) {
        // What has ended does not come back.
        same = answers.objects().equals(now.objects())
                && answers.answers().equals(now.answers())
                && lives.entrySet().stream()
                        .allMatch(entry ->
                                entry.getValue() == Life.ENDED || entry.getKey().life() == entry.getValue());
        answers = now;
    }

    /** The view of these files as the files tell it. */
    @SuppressWarnings("ReferenceEquality") // Layers that were not read anew are the same object.
    SandboxView view(SandboxReader.Layers layers, Supplier<SandboxView> make) {
        Known one = known.get(layers.directory());
        if (same && one != null && one.layers == layers && ended(one.read)) {
            return one.read;
        }
        SandboxView made = make.get();
        known.put(layers.directory(), new Known(layers, made, made));
        return made;
    }

    // How long what is under way usually takes is looked up each time.
    private static boolean ended(SandboxView view) {
        return view.operations().stream()
                .allMatch(operation -> operation.endedAt().isPresent() || operation.interrupted());
    }

    /** The same view with this liveness. */
    @SuppressWarnings("ReferenceEquality") // A view that was not made anew is the same object.
    SandboxView finished(SandboxView view, Liveness liveness) {
        Known one = known.get(view.directory());
        if (one == null || one.read != view) {
            return view.withLiveness(liveness);
        }
        SandboxView finished = one.finished.liveness() == liveness ? one.finished : view.withLiveness(liveness);
        known.put(view.directory(), new Known(one.layers, view, finished));
        return finished;
    }

    /** The processes that views tell of and that live. */
    Set<ProcessIdentity> alive() {
        return lives.entrySet().stream()
                .filter(entry -> entry.getValue() == Life.ALIVE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Ends making views: only those of these directories are kept, and they stood on these lives. */
    void end(Set<Path> directories, Map<ProcessIdentity, Life> seen) {
        known.keySet().retainAll(directories);
        if (same) {
            Map<ProcessIdentity, Life> all = new HashMap<>(lives);
            all.putAll(seen);
            lives = all;
        } else {
            lives = Map.copyOf(seen);
        }
    }
}
