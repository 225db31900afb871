package dev.corral.cli.output;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that listings print, as tables and as JSON. Their JSON names are a promise: add, never rename. */
public final class Rows {
    private Rows() {}

    /** A row of a listing. */
    public interface Row {
        /** The cells of its table. */
        @JsonIgnore
        List<String> cells();
    }

    /**
     * The process for which a sandbox lives.
     *
     * @param alive whether it is known to be alive
     * @param life  {@code alive}, {@code ended}, or {@code unknown} where that can't be told, as of one in another container
     */
    public record OwnerRow(long pid, String kind, boolean alive, String life) {
        public static OwnerRow of(Owner owner) {
            Life life = Owners.life(owner);
            return new OwnerRow(
                    owner.pid(),
                    word(owner.kind().word()),
                    life == Life.ALIVE,
                    life.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return kind.replace('_', ' ') + " " + pid + (alive ? "" : " (" + life + ")");
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record EvalRow(
            String task,
            String file,
            String state,
            int samples,
            @Nullable String problem) implements Row {
        @Override
        public List<String> cells() {
            return List.of(task, state.replace('_', ' '), Integer.toString(samples), file);
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SampleRow(
            String task,
            String file,
            String id,
            String state,
            @Nullable String sandbox,
            String input,
            String target,
            @Nullable String vagrantfile,
            @Nullable String primary)
            implements Row {
        @Override
        public List<String> cells() {
            return List.of(task, id, state.replace('_', ' '), input);
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SandboxRow(
            String sandbox,
            String directory,
            String state,
            String detail,
            String liveness,
            List<MachineRow> machines,
            String task,
            String file,
            String sample,
            int epoch,
            String vagrantfile,
            @Nullable OwnerRow owner,
            boolean pinned,
            Instant createdAt)
            implements Row {
        @Override
        public List<String> cells() {
            return List.of(
                    sandbox,
                    state.replace('_', ' ') + (detail.isEmpty() ? "" : " · " + detail),
                    liveness,
                    Integer.toString(machines.size()),
                    task,
                    sample,
                    owner == null ? "" : owner.toString());
        }
    }

    /** A machine as {@code start} and {@code list sandboxes} print it. */
    public record MachineRow(String name, String state, boolean primary) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VmRow(
            String sandbox,
            String machine,
            String state,
            String provider,
            String id,
            String directory,
            String task,
            String file,
            String sample,
            @Nullable OwnerRow owner,
            boolean primary,
            boolean pinned,
            String liveness,
            @Nullable String box,
            @Nullable String address,
            @Nullable Instant since,
            long diskBytes)
            implements Row {
        @Override
        public List<String> cells() {
            return List.of(
                    sandbox,
                    machine + (primary ? " *" : ""),
                    state.replace('_', ' '),
                    provider,
                    address == null ? "" : address,
                    task,
                    sample,
                    owner == null ? "" : owner.toString());
        }
    }

    public static String word(String shown) {
        return shown.replace(' ', '_');
    }

    public static MachineRow machine(MachineView machine) {
        return new MachineRow(machine.name(), word(machine.state().word()), machine.primary());
    }

    public static SandboxRow sandbox(SandboxView view) {
        Manifest.Origin origin = origin(view);
        return new SandboxRow(
                view.id(),
                view.directory().toString(),
                word(view.state().word()),
                view.detail(),
                view.liveness().name().toLowerCase(Locale.ROOT),
                view.machines().stream().map(Rows::machine).toList(),
                origin.task(),
                origin.taskFile(),
                origin.sample(),
                origin.epoch(),
                view.manifest().map(Manifest::vagrantfile).orElse(""),
                owner(view),
                view.manifest()
                        .flatMap(Manifest::pin)
                        .filter(pin -> pin.holds(Instant.now()))
                        .isPresent(),
                view.createdAt());
    }

    public static VmRow vm(SandboxView view, MachineView machine) {
        Manifest.Origin origin = origin(view);
        return new VmRow(
                view.id(),
                machine.name(),
                word(machine.state().word()),
                machine.provider(),
                machine.id(),
                view.directory().toString(),
                origin.task(),
                origin.taskFile(),
                origin.sample(),
                owner(view),
                machine.primary(),
                view.manifest()
                        .flatMap(Manifest::pin)
                        .filter(pin -> pin.holds(Instant.now()))
                        .isPresent(),
                view.liveness().name().toLowerCase(Locale.ROOT),
                machine.box().orElse(null),
                machine.address().orElse(null),
                machine.since().orElse(null),
                machine.diskBytes());
    }

    public static List<EvalRow> evals(List<EvalTask> tasks, Inventory inventory, boolean fromSandboxes) {
        Map<String, EvalRow> rows = new LinkedHashMap<>();
        for (EvalTask task : tasks) {
            boolean live = inventory.sandboxes().stream()
                    .map(Rows::origin)
                    .anyMatch(origin -> origin.task().equals(task.name())
                            && origin.taskFile().equals(task.file().toString()));
            rows.put(
                    task.file() + "@" + task.name(),
                    new EvalRow(
                            task.name(),
                            task.file().toString(),
                            task.problem().isPresent() ? "unreadable" : live ? "has_sandboxes" : "not_running",
                            task.samples().size(),
                            task.problem().map(problem -> problem.message()).orElse(null)));
        }
        if (fromSandboxes) {
            for (SandboxView view : inventory.sandboxes()) {
                Manifest.Origin origin = origin(view);
                if (!origin.task().isEmpty()) {
                    rows.merge(
                            origin.taskFile() + "@" + origin.task(),
                            new EvalRow(origin.task(), origin.taskFile(), "has_sandboxes", 1, null),
                            (first, second) ->
                                    new EvalRow(first.task(), first.file(), first.state(), first.samples() + 1, null));
                }
            }
        }
        return List.copyOf(rows.values());
    }

    public static List<SampleRow> samples(List<EvalTask> tasks, Inventory inventory, boolean fromSandboxes) {
        List<SampleRow> rows = new ArrayList<>();
        for (EvalTask task : tasks) {
            for (EvalSample sample : task.samples()) {
                SandboxView sandbox = inventory.sandboxes().stream()
                        .filter(view -> origin(view).task().equals(task.name())
                                && origin(view).sample().equals(sample.id())
                                && origin(view).taskFile().equals(task.file().toString()))
                        .reduce((first, second) -> second)
                        .orElse(null);
                rows.add(new SampleRow(
                        task.name(),
                        task.file().toString(),
                        sample.id(),
                        sandbox == null ? "not_running" : word(sandbox.state().word()),
                        sandbox == null ? null : sandbox.id(),
                        sample.input(),
                        sample.target(),
                        sample.sandbox()
                                .map(spec -> spec.vagrantfile().toString())
                                .orElse(null),
                        sample.sandbox().flatMap(spec -> spec.primary()).orElse(null)));
            }
        }
        if (fromSandboxes) {
            for (SandboxView view : inventory.sandboxes()) {
                Manifest.Origin origin = origin(view);
                if (!origin.sample().isEmpty()) {
                    rows.add(new SampleRow(
                            origin.task(),
                            origin.taskFile(),
                            origin.sample(),
                            word(view.state().word()),
                            view.id(),
                            "",
                            "",
                            view.manifest().map(Manifest::vagrantfile).orElse(null),
                            view.manifest().flatMap(Manifest::primary).orElse(null)));
                }
            }
        }
        return rows;
    }

    private static Manifest.Origin origin(SandboxView view) {
        return view.manifest().map(Manifest::origin).orElseGet(Manifest.Origin::none);
    }

    private static @Nullable OwnerRow owner(SandboxView view) {
        return view.manifest().map(Manifest::owner).map(OwnerRow::of).orElse(null);
    }
}
