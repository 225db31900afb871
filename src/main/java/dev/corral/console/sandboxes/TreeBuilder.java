package dev.corral.console.sandboxes;

import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.work.MachineWork;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the evals of the opened task files with what exists into the tree: evals, samples, VMs, then the groups of what
 * belongs to no eval. Equal input gives equal rows. For one thread.
 */
public final class TreeBuilder {
    private final Path home;
    /** Made anew by each build. */
    @SuppressWarnings("NullAway.Init")
    private RowFactory rows;

    /** @param home the user's home directory, for short paths */
    public TreeBuilder(Path home) {
        this.home = home;
    }

    /**
     * What the user has asked for that the inventory does not show yet.
     *
     * @param starts  samples whose start has no sandbox yet
     * @param cancels sandboxes whose start is being stopped
     * @param work    what this window does to VMs
     */
    public record Asked(Set<Manifest.Origin> starts, Set<String> cancels, MachineWork work) {
        /** Nothing. */
        public static Asked nothing() {
            return new Asked(Set.of(), Set.of(), MachineWork.none());
        }
    }

    /** Where a sandbox belongs. */
    private record EvalKey(String task, String file) {}

    /**
     * Builds the tree's top rows.
     *
     * @param asked what the user has asked for that the inventory does not show yet
     */
    public List<TreeNode> build(Inventory inventory, List<TaskFile> files, Asked asked) {
        rows = new RowFactory(
                home, asked.cancels(), asked.work(), inventory.takenAt().isAfter(Instant.EPOCH));
        Set<Manifest.Origin> pending = asked.starts();
        List<SandboxView> strays = new ArrayList<>();
        List<SandboxView> byHand = new ArrayList<>();
        List<SandboxView> unknown = new ArrayList<>();
        Map<EvalKey, List<SandboxView>> byEval = new LinkedHashMap<>();
        Map<String, EvalKey> known = knownEvals(files);
        Set<EvalKey> opened = Set.copyOf(known.values());
        for (SandboxView view : inventory.sandboxes()) {
            Optional<EvalKey> eval = view.manifest().map(Manifest::origin).flatMap(origin -> evalOf(origin, known));
            // One whose owner has ended stays where the user knows it, with its sample, if that is in sight.
            if (States.stray(view) && eval.filter(opened::contains).isEmpty()) {
                strays.add(view);
            } else if (eval.isPresent()) {
                byEval.computeIfAbsent(eval.get(), key -> new ArrayList<>()).add(view);
            } else if (view.liveness() == Liveness.UNKNOWN && view.manifest().isEmpty()) {
                unknown.add(view);
            } else {
                byHand.add(view);
            }
        }
        List<TreeNode> top = new ArrayList<>();
        Set<EvalKey> shown = new HashSet<>();
        for (TaskFile file : files) {
            if (file instanceof TaskFile.Loaded loaded && !loaded.evals().isEmpty()) {
                for (EvalTask task : loaded.evals()) {
                    EvalKey key = new EvalKey(task.name(), task.file().toString());
                    if (shown.add(key)) {
                        top.add(eval(
                                key,
                                Optional.of(loaded),
                                Optional.of(task),
                                byEval.getOrDefault(key, List.of()),
                                inventory.ended(),
                                pending));
                    }
                }
            } else {
                top.add(TreeNode.leaf(rows.file(file)));
            }
        }
        byEval.forEach((key, views) -> {
            if (shown.add(key)) {
                top.add(eval(key, Optional.empty(), Optional.empty(), views, inventory.ended(), pending));
            }
        });
        group(Subject.GroupKind.BY_HAND, byHand, endedByHand(inventory.ended())).ifPresent(top::add);
        group(Subject.GroupKind.STRAYS, strays, List.of()).ifPresent(top::add);
        group(Subject.GroupKind.UNKNOWN, unknown, List.of()).ifPresent(top::add);
        return top;
    }

    private static Map<String, EvalKey> knownEvals(List<TaskFile> files) {
        Map<String, EvalKey> known = new LinkedHashMap<>();
        for (TaskFile file : files) {
            if (file instanceof TaskFile.Loaded loaded) {
                loaded.evals()
                        .forEach(task -> known.put(
                                task.name(),
                                new EvalKey(task.name(), task.file().toString())));
            }
        }
        return known;
    }

    // A run of Inspect may not know its task file; then the name alone decides.
    private static Optional<EvalKey> evalOf(Manifest.Origin origin, Map<String, EvalKey> known) {
        if (origin.task().isEmpty()) {
            return Optional.empty();
        }
        if (origin.taskFile().isEmpty() && known.containsKey(origin.task())) {
            return Optional.of(known.get(origin.task()));
        }
        return Optional.of(new EvalKey(origin.task(), origin.taskFile()));
    }

    private TreeNode eval(
            EvalKey key,
            Optional<TaskFile.Loaded> opened,
            Optional<EvalTask> definition,
            List<SandboxView> views,
            List<SandboxView> ended,
            Set<Manifest.Origin> pending) {
        Map<String, List<SandboxView>> bySample = new LinkedHashMap<>();
        Map<String, EvalSample> samples = new LinkedHashMap<>();
        definition.ifPresent(task -> task.samples().forEach(sample -> {
            samples.put(sample.id(), sample);
            bySample.put(sample.id(), new ArrayList<>());
        }));
        for (SandboxView view : views) {
            bySample.computeIfAbsent(sampleId(view), id -> new ArrayList<>()).add(view);
        }
        List<TreeNode> children = new ArrayList<>();
        bySample.forEach((id, own) -> children.add(sample(
                new Subject.Sample(
                        key.task(),
                        key.file(),
                        id,
                        Optional.ofNullable(samples.get(id)),
                        List.copyOf(own),
                        lastFailed(key, id, own, ended)),
                pending.contains(Manifest.Origin.sample(key.task(), key.file(), id)))));
        Row row = rows.eval(
                new Subject.Eval(key.task(), key.file(), definition, List.copyOf(views), opened), children.size());
        return new TreeNode(row, List.copyOf(children));
    }

    private static String sampleId(SandboxView view) {
        return view.manifest().map(manifest -> manifest.origin().sample()).orElse("");
    }

    // Only the last start counts: a sandbox that exists now is newer than the story of a failed one.
    private static Optional<SandboxView> lastFailed(
            EvalKey key, String id, List<SandboxView> own, List<SandboxView> ended) {
        if (!own.isEmpty()) {
            return Optional.empty();
        }
        return ended.stream()
                .filter(view -> view.manifest()
                        .map(Manifest::origin)
                        .filter(origin -> origin.task().equals(key.task())
                                && (origin.taskFile().equals(key.file())
                                        || origin.taskFile().isEmpty())
                                && origin.sample().equals(id))
                        .isPresent())
                .findFirst();
    }

    private TreeNode sample(Subject.Sample sample, boolean pending) {
        Row row = rows.sample(sample, pending);
        if (sample.sandboxes().size() == 1) {
            return new TreeNode(row, machines(sample.sandboxes().getFirst()));
        }
        return new TreeNode(row, sample.sandboxes().stream().map(this::sandbox).toList());
    }

    private TreeNode sandbox(SandboxView view) {
        return new TreeNode(rows.sandbox(view), machines(view));
    }

    private List<TreeNode> machines(SandboxView view) {
        return view.machines().stream()
                .map(machine -> TreeNode.leaf(rows.machine(view, machine)))
                .toList();
    }

    // What is left of a failed start by hand stays in sight until the next window: it says why it failed.
    private static List<SandboxView> endedByHand(List<SandboxView> ended) {
        return ended.stream()
                .filter(view -> view.manifest()
                        .map(manifest -> manifest.origin().task().isEmpty())
                        .orElse(false))
                .limit(5)
                .toList();
    }

    private Optional<TreeNode> group(Subject.GroupKind kind, List<SandboxView> views, List<SandboxView> ended) {
        if (views.isEmpty() && ended.isEmpty()) {
            return Optional.empty();
        }
        List<TreeNode> children = new ArrayList<>();
        views.forEach(view -> children.add(sandbox(view)));
        ended.forEach(view -> children.add(TreeNode.leaf(rows.ended(view))));
        return Optional.of(
                new TreeNode(rows.group(new Subject.Group(kind, List.copyOf(views))), List.copyOf(children)));
    }
}
