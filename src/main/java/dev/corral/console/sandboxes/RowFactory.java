package dev.corral.console.sandboxes;

import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.console.work.MachineWork;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the rows of the tree. Pure. */
final class RowFactory {
    private final Path home;
    private final Set<String> cancels;
    private final MachineWork work;
    private final boolean seen;

    /** @param seen whether an inventory has come yet; before, nobody knows what runs, and no row says that nothing does */
    RowFactory(Path home, Set<String> cancels, MachineWork work, boolean seen) {
        this.home = home;
        this.cancels = cancels;
        this.work = work;
        this.seen = seen;
    }

    private String nothing(String word) {
        return seen ? word : "looking";
    }

    Row eval(Subject.Eval eval, int samples) {
        Optional<String> run = eval.sandboxes().stream()
                .flatMap(view -> view.manifest().stream())
                .filter(manifest -> manifest.owner().kind() == Owner.Kind.INSPECT)
                .map(manifest -> "live · pid " + manifest.owner().pid())
                .findFirst();
        String file = eval.file().isEmpty() ? "" : file(Path.of(eval.file()));
        String stale = eval.opened()
                .map(TaskFile.Loaded::stale)
                .filter(word -> !word.isEmpty())
                .map(word -> word + " · ")
                .orElse("");
        boolean failed = eval.definition().flatMap(task -> task.problem()).isPresent();
        String state = failed
                ? "not loaded"
                : eval.sandboxes().isEmpty() ? nothing("not running") : States.summary(eval.sandboxes(), this::doing);
        StateStyle look = failed
                ? StateStyle.FAILED
                : eval.sandboxes().isEmpty() ? StateStyle.QUIET : States.summaryLook(eval.sandboxes(), this::doing);
        return new Row(
                "eval:" + eval.task() + "|" + eval.file(),
                eval,
                "",
                Texts.line(eval.task()),
                Texts.line(stale + run.orElse(file)),
                look,
                state,
                Formats.count(samples, "sample", "samples"),
                "",
                Optional.empty(),
                false,
                States.disk(eval.sandboxes()));
    }

    // What tells task files apart stands at the end of their paths; the whole one is among the details.
    private String file(Path path) {
        int names = path.getNameCount();
        return names <= 2
                ? Formats.path(path, home)
                : path.subpath(names - 2, names).toString();
    }

    Row sample(Subject.Sample sample, boolean pending) {
        String key = "sample:" + sample.task() + "|" + sample.file() + "|" + sample.id();
        String title = sample.id().isEmpty() ? "(no id)" : Texts.line(sample.id());
        if (sample.sandboxes().size() == 1) {
            SandboxView view = sample.sandboxes().getFirst();
            String cause = cause(view);
            String note = (States.stray(view) ? "owner has ended · " : "")
                    + epoch(view)
                    + pinned(view)
                    + (cause.isEmpty() ? "sandbox " + Texts.line(view.id()) : cause);
            return row(key, sample, "sample", title, note, view);
        }
        if (!sample.sandboxes().isEmpty()) {
            return new Row(
                    key,
                    sample,
                    "sample",
                    title,
                    Formats.count(sample.sandboxes().size(), "sandbox", "sandboxes"),
                    States.summaryLook(sample.sandboxes(), this::doing),
                    States.summary(sample.sandboxes(), this::doing),
                    vms(sample.sandboxes()),
                    "",
                    Optional.empty(),
                    false,
                    States.disk(sample.sandboxes()));
        }
        String input = sample.definition()
                .map(EvalSample::input)
                .map(Texts::line)
                .map(String::strip)
                .orElse("");
        String note = input.isEmpty() ? "" : "“" + Formats.middle(input, 80) + "”";
        StateStyle look = StateStyle.QUIET;
        String state = sample.definition().flatMap(EvalSample::sandbox).isPresent()
                ? nothing("not started")
                : "no Vagrant sandbox";
        if (pending) {
            look = StateStyle.CHANGING;
            state = "starting";
        } else if (sample.lastFailed().isPresent()) {
            SandboxView failed = sample.lastFailed().get();
            boolean cancelled = States.cancelled(failed);
            look = cancelled ? StateStyle.OFF : StateStyle.FAILED;
            state = cancelled ? "cancelled" : States.failedIn(failed);
            note = cancelled ? note : States.cause(failed);
        }
        return new Row(key, sample, "sample", title, note, look, state, "", "", Optional.empty(), false, -1);
    }

    Row sandbox(SandboxView view) {
        String origin = view.manifest()
                .map(Manifest::origin)
                .filter(value -> !value.task().isEmpty())
                .map(value -> Texts.line(value.task() + " · " + value.sample()))
                .orElseGet(() -> file(view));
        String cause = cause(view);
        String note = (States.stray(view) ? "" : epoch(view) + pinned(view)) + (cause.isEmpty() ? origin : cause);
        return row(
                "sandbox:" + view.id(), new Subject.Sandbox(view, false), "sandbox", Texts.line(view.id()), note, view);
    }

    /** The story of a start that failed and was cleaned up. */
    Row ended(SandboxView view) {
        boolean cancelled = States.cancelled(view);
        return new Row(
                "ended:" + view.id(),
                new Subject.Sandbox(view, true),
                "sandbox",
                Texts.line(view.id()),
                cancelled ? file(view) : States.cause(view),
                cancelled ? StateStyle.OFF : StateStyle.FAILED,
                cancelled ? "cancelled" : States.failedIn(view),
                "",
                "",
                Optional.empty(),
                false,
                -1);
    }

    // What a person asked last and failed is newer than the start's story.
    private String cause(SandboxView view) {
        return work.failure(view).map(failure -> Texts.line(failure.sentence())).orElseGet(() -> States.cause(view));
    }

    Row machine(SandboxView sandbox, MachineView machine) {
        Optional<MachineWork.Doing> doing =
                work.on(sandbox, machine.name()).filter(known -> !machine.id().isEmpty());
        String state = doing.map(MachineWork.Doing::word).orElse(machine.state().word());
        boolean changing = doing.isPresent()
                || machine.state() == MachineState.STARTING
                || machine.state() == MachineState.PROVISIONING
                || machine.state() == MachineState.DESTROYING;
        Optional<Instant> since = doing.isPresent()
                ? doing.map(MachineWork.Doing::since)
                : changing
                        ? sandbox.operation().map(OperationView::startedAt)
                        : machine.state() == MachineState.RUNNING ? machine.since() : Optional.empty();
        String box = Stream.of(machine.box().orElse(""), machine.provider())
                .filter(part -> !part.isEmpty())
                .map(Texts::line)
                .collect(Collectors.joining(" · "));
        String role = machine.primary() && sandbox.machines().size() > 1 ? "default" : "";
        String note = work.failure(sandbox, machine.name())
                .map(failure -> Texts.line(failure.sentence()))
                .orElse(role);
        return new Row(
                "vm:" + machine.key(),
                new Subject.Machine(sandbox, machine),
                "",
                Texts.line(sandbox.plainName(machine.name())),
                note,
                doing.isPresent() ? StateStyle.CHANGING : States.look(machine.state()),
                state,
                box,
                Texts.line(withoutUsualPort(machine.address().orElse(""))),
                since,
                changing,
                machine.diskBytes());
    }

    Row group(Subject.Group group) {
        List<SandboxView> views = group.sandboxes();
        boolean strays = group.kind() == Subject.GroupKind.STRAYS;
        long disk = States.disk(views);
        String box = strays && disk > 0 ? Formats.bytes(disk) + " reclaimable" : vms(views);
        return new Row(
                "group:" + group.kind(),
                group,
                "",
                group.kind().title(),
                group.kind().explanation(),
                strays ? StateStyle.STRAY : States.summaryLook(views, this::doing),
                strays ? Formats.count(views.size(), "stray", "strays") : States.summary(views, this::doing),
                box,
                "",
                Optional.empty(),
                false,
                disk);
    }

    Row file(TaskFile file) {
        String path = Formats.middle(Texts.line(Formats.path(file.path(), home)), 60);
        String key = "file:" + file.path();
        return switch (file) {
            case TaskFile.Failed failed ->
                new Row(
                        key,
                        new Subject.File(file),
                        "",
                        path,
                        Texts.line(failed.sentence()),
                        StateStyle.FAILED,
                        "not loaded",
                        "",
                        "",
                        Optional.empty(),
                        false,
                        -1);
            case TaskFile.Loading loading ->
                new Row(
                        key,
                        new Subject.File(loading),
                        "",
                        path,
                        "reading its evals",
                        StateStyle.CHANGING,
                        "loading",
                        "",
                        "",
                        Optional.empty(),
                        false,
                        -1);
            case TaskFile.Loaded loaded ->
                new Row(
                        key,
                        new Subject.File(loaded),
                        "",
                        path,
                        "it has no evals" + (loaded.stale().isEmpty() ? "" : " · " + loaded.stale()),
                        StateStyle.QUIET,
                        "loaded",
                        "",
                        "",
                        Optional.empty(),
                        false,
                        -1);
        };
    }

    private Row row(String key, Subject subject, String prefix, String title, String note, SandboxView view) {
        Optional<MachineWork.Doing> doing = work.on(view);
        boolean changing = doing.isPresent() || view.state().changing();
        Optional<Instant> since = doing.isPresent()
                ? doing.map(MachineWork.Doing::since)
                : changing
                        ? view.operation().map(OperationView::startedAt).or(() -> Optional.of(view.createdAt()))
                        : view.state() == SandboxState.READY ? upSince(view) : Optional.empty();
        StateStyle look = doing.isPresent()
                ? StateStyle.CHANGING
                : States.stray(view) ? StateStyle.STRAY : States.look(view.state());
        return new Row(
                key,
                subject,
                prefix,
                title,
                note,
                look,
                stopping(view) ? "cancelling" : work.words(view).orElseGet(() -> words(subject, view)),
                vms(List.of(view)),
                "",
                since,
                changing,
                States.disk(view));
    }

    private boolean stopping(SandboxView view) {
        return cancels.contains(view.id())
                && (view.state() == SandboxState.STARTING || view.state() == SandboxState.QUEUED);
    }

    // A row above says of a sandbox what its own row says: what this window does to it comes before the last look.
    private Optional<String> doing(SandboxView view) {
        return stopping(view) ? Optional.of("cancelling") : work.on(view).map(MachineWork.Doing::word);
    }

    // Among the strays the group says it; elsewhere the row must.
    private static String words(Subject subject, SandboxView view) {
        return States.stray(view) && subject instanceof Subject.Sample
                ? "stray · " + States.words(view)
                : States.words(view);
    }

    private static Optional<Instant> upSince(SandboxView view) {
        return view.machines().stream()
                .flatMap(machine -> machine.since().stream())
                .min(Instant::compareTo);
    }

    private static String vms(List<SandboxView> views) {
        int count = views.stream().mapToInt(view -> view.machines().size()).sum();
        return count == 0 ? "" : Formats.count(count, "VM", "VMs");
    }

    private static String epoch(SandboxView view) {
        return view.manifest()
                .map(manifest -> manifest.origin().epoch())
                .filter(epoch -> epoch > 1)
                .map(epoch -> "epoch " + epoch + " · ")
                .orElse("");
    }

    private static String pinned(SandboxView view) {
        return view.pinned() ? "pinned · " : "";
    }

    private String file(SandboxView view) {
        return view.manifest()
                .map(Manifest::vagrantfile)
                .map(file -> Formats.middle(Texts.line(Formats.path(Path.of(file), home)), 60))
                .orElse("");
    }

    // Every guest with an address of its own has SSH there; a forwarded port is news.
    private static String withoutUsualPort(String address) {
        return address.endsWith(":22") ? address.substring(0, address.length() - 3) : address;
    }
}
