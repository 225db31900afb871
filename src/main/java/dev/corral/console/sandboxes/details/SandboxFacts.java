package dev.corral.console.sandboxes.details;

import dev.corral.console.sandboxes.States;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.shared.Fact;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The facts about a row's subject. Pure. */
final class SandboxFacts {
    private SandboxFacts() {}

    /** The facts, in the order in which they are shown. */
    static List<Fact> of(Subject subject, Path home) {
        List<Fact> facts = new ArrayList<>();
        switch (subject) {
            case Subject.Eval eval -> eval(facts, eval, home);
            case Subject.Sample sample -> sample(facts, sample, home);
            case Subject.Sandbox sandbox -> sandbox(facts, sandbox.view(), home);
            case Subject.Machine machine -> {
                machine(facts, machine.view());
                sandbox(facts, machine.owner(), home);
            }
            case Subject.Group group -> {
                text(facts, "Sandboxes", String.valueOf(group.sandboxes().size()));
                long disk = States.disk(group.sandboxes());
                if (disk >= 0) {
                    text(facts, "Disk", Formats.bytes(disk));
                }
            }
            case Subject.File file -> path(facts, "File", file.file().path(), home);
        }
        return List.copyOf(facts);
    }

    private static void eval(List<Fact> facts, Subject.Eval eval, Path home) {
        if (!eval.file().isEmpty()) {
            path(facts, "Task file", Path.of(eval.file()), home);
        }
        eval.definition().ifPresent(task -> {
            text(facts, "Samples", String.valueOf(task.samples().size()));
            text(facts, "Epochs", String.valueOf(task.epochs()));
        });
        text(
                facts,
                "Sandboxes",
                eval.sandboxes().isEmpty()
                        ? "none"
                        : String.valueOf(eval.sandboxes().size()));
    }

    private static void sample(List<Fact> facts, Subject.Sample sample, Path home) {
        sample.sandbox().ifPresent(view -> sandbox(facts, view, home));
        sample.definition().ifPresent(definition -> {
            definition.sandbox().ifPresent(spec -> {
                if (sample.sandbox().isEmpty()) {
                    path(facts, "Vagrantfile", spec.vagrantfile(), home);
                }
                spec.primary().ifPresent(primary -> machine(facts, "Primary", primary));
                String label = "Variables";
                for (Map.Entry<String, String> entry : new TreeMap<>(spec.env()).entrySet()) {
                    facts.add(Fact.variable(label, entry.getKey(), entry.getValue()));
                    label = "";
                }
            });
            if (definition.sandbox().isEmpty()) {
                text(facts, "Sandbox", definition.sandboxType().map(Texts::line).orElse("none"));
            }
            if (!definition.files().isEmpty()) {
                machine(facts, "Files", String.join("  ", definition.files()));
            }
        });
    }

    private static void machine(List<Fact> facts, MachineView machine) {
        machine.address().ifPresent(address -> machine(facts, "Address", address));
        if (!machine.provider().isEmpty()) {
            text(facts, "Provider", machine.provider());
        }
        machine.box().ifPresent(box -> text(facts, "Box", box));
        if (!machine.id().isEmpty()) {
            machine(facts, "Id", machine.id());
        }
        if (machine.diskBytes() >= 0) {
            text(facts, "Disk", Formats.bytes(machine.diskBytes()));
        }
        machine.since().ifPresent(since -> text(facts, "Up since", Formats.exact(since)));
    }

    private static void sandbox(List<Fact> facts, SandboxView view, Path home) {
        text(facts, "Owner", owner(view));
        view.manifest()
                .flatMap(Manifest::pin)
                .filter(pin -> view.pinned())
                .ifPresent(pin -> text(
                        facts,
                        "Pinned",
                        "by the " + Texts.line(pin.by()).toLowerCase(Locale.ROOT) + " since " + Formats.exact(pin.at())
                                + pin.until()
                                        .map(until -> ", until " + Formats.exact(until))
                                        .orElse("")));
        text(facts, "Created", Formats.exact(view.createdAt()));
        path(facts, "Directory", view.directory(), home);
        view.manifest()
                .map(Manifest::vagrantfile)
                .filter(file -> !file.isEmpty())
                .ifPresent(file -> path(facts, "Copied from", Path.of(file), home));
        view.manifest()
                .map(Manifest::origin)
                .map(Manifest.Origin::run)
                .filter(run -> !run.isEmpty())
                .ifPresent(run -> machine(facts, "Run", run));
    }

    /** Whose a sandbox is, in words. */
    static String owner(SandboxView view) {
        if (view.manifest().isEmpty()) {
            return "unknown: it has no manifest";
        }
        Manifest manifest = view.manifest().get();
        boolean own = manifest.owner().pid() == ProcessHandle.current().pid()
                && view.liveness() != Liveness.STRAY
                && manifest.owner().kind() == Owner.Kind.CONSOLE;
        String who = own
                ? "this window"
                : manifest.owner().kind().word() + ", pid " + manifest.owner().pid();
        return switch (view.liveness()) {
            case LIVE, PINNED -> who;
            case STRAY -> who + ", which has ended";
            case UNKNOWN -> who + ", not known whether it is alive";
        };
    }

    private static void text(List<Fact> facts, String label, String value) {
        facts.add(Fact.text(label, value));
    }

    private static void machine(List<Fact> facts, String label, String value) {
        facts.add(Fact.machine(label, value));
    }

    private static void path(List<Fact> facts, String label, Path path, Path home) {
        facts.add(new Fact(label, Formats.middle(Texts.line(Formats.path(path, home)), 46), path.toString(), true));
    }
}
