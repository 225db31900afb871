package dev.corral.cli.code;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.good.LastGood;
import dev.corral.core.operation.good.StartChange;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the original Vagrantfile says now and what does not hold for a sandbox's VMs yet. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Says what the Vagrantfile means now, as Vagrant resolves it where it was written, and what the sandbox's VMs were "
                        + "made with instead; and what it takes until it holds: nothing but an update, provision, reload or destroy.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    no difference",
            "  1    some",
            "  2    it could not be told",
            "  3    no such sandbox, or its original is gone",
            "",
            "Example:",
            "  corral diff 9f3c2a1b",
            "  corral diff 9f3c2a1b --last-good   a start that failed and the last one of its Vagrantfile that worked"
        })
public final class DiffCommand implements Callable<Integer> {
    /** As {@code diff} itself has it. */
    private static final int SOME = 1;

    private static final int UNTOLD = 2;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Parameters(
            index = "0",
            paramLabel = "SANDBOX",
            description = "The sandbox; an unambiguous part of the name will do.")
    private String sandbox;

    @Option(names = "--json", description = "Print an array.")
    private boolean json;

    @Option(
            names = "--last-good",
            description =
                    "Compare the sandbox's start with the last one of the same Vagrantfile that worked instead: files, "
                            + "variables, boxes, versions, times. Also for one that failed and is gone.")
    private boolean lastGood;

    /** What {@code diff --last-good --json} prints for each difference. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(
            String kind,
            String what,
            @Nullable String before,
            @Nullable String after,
            @Nullable String diff) {
        static Change of(StartChange one) {
            return new Change(
                    one.kind().word(), one.what(), Row.text(one.before()), Row.text(one.after()), Row.text(one.diff()));
        }
    }

    /** What {@code diff --json} prints for each difference. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            @Nullable String machine,
            String key,
            @Nullable String before,
            @Nullable String after,
            String needs,
            @Nullable Integer provisioner,
            @Nullable String file,
            @Nullable Integer line) {
        static Row of(Difference one) {
            return new Row(
                    text(one.machine()),
                    one.key(),
                    text(one.before()),
                    text(one.after()),
                    one.needs().word(),
                    one.provisioner() == 0 ? null : one.provisioner(),
                    text(one.place().file()),
                    one.place().line() == 0 ? null : one.place().line());
        }

        private static @Nullable String text(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    @Override
    public Integer call() {
        Output output = new Output();
        if (lastGood) {
            return sinceItWorked(output);
        }
        List<Difference> found;
        String id;
        try (Corral corral = Core.open()) {
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), sandbox);
            id = view.id();
            found = corral.operations().differences(id, Optional.empty());
        } catch (ExpectedFailure e) {
            output.failure(e);
            return ExitCode.of(e) == ExitCode.FAILED ? UNTOLD : ExitCode.of(e);
        }
        if (json) {
            output.json(found.stream().map(Row::of).toList());
        } else if (!found.isEmpty()) {
            output.table(
                    List.of("MACHINE", "KEY", "IN THE SANDBOX", "IN THE FILE", "NEEDS"),
                    found.stream()
                            .map(one -> List.of(
                                    one.machine(),
                                    one.key(),
                                    one.before(),
                                    one.after(),
                                    one.needs() == Needs.NOTHING ? "update" : needs(one)))
                            .toList());
            next(id, found).forEach(output::message);
        }
        return found.isEmpty() ? ExitCode.DONE : SOME;
    }

    private int sinceItWorked(Output output) {
        Optional<LastGood> good;
        try {
            good = LastGood.of(CacheDirectory.of(Environment.system()), sandbox);
        } catch (ExpectedFailure e) {
            output.failure(e);
            return ExitCode.of(e) == ExitCode.FAILED ? UNTOLD : ExitCode.of(e);
        }
        if (good.isEmpty()) {
            output.failure(ExpectedFailure.failed(
                    "No start of that Vagrantfile has worked that Corral knows of.",
                    "There is something to compare once one has."));
            return UNTOLD;
        }
        List<StartChange> changes = good.get().changes();
        if (json) {
            output.json(changes.stream().map(Change::of).toList());
            return changes.isEmpty() ? ExitCode.DONE : SOME;
        }
        output.message("Compared with " + good.get().sandbox() + ", whose start worked at "
                + TIME.format(good.get().at()) + ".");
        if (!changes.isEmpty()) {
            output.table(
                    List.of("KIND", "WHAT", "WHEN IT WORKED", "NOW"),
                    changes.stream()
                            .map(one -> List.of(one.kind().word(), one.what(), one.before(), one.after()))
                            .toList());
            changes.stream().filter(one -> !one.diff().isEmpty()).forEach(one -> {
                output.line("");
                output.line("--- " + one.what());
                one.diff().lines().map(PlainText::of).forEach(output::line);
            });
        }
        return changes.isEmpty() ? ExitCode.DONE : SOME;
    }

    private static String needs(Difference one) {
        return one.needs().word() + (one.provisioner() == 0 ? "" : " from " + one.provisioner());
    }

    // What applies all of it, machine by machine; what is least first would have to be done again.
    private static List<String> next(String sandbox, List<Difference> found) {
        return found.stream()
                .map(Difference::machine)
                .distinct()
                // What is to be done for a machine takes the files along.
                .filter(machine -> !machine.isEmpty()
                        || found.stream().allMatch(one -> one.machine().isEmpty()))
                .map(machine -> {
                    List<Difference> its = found.stream()
                            .filter(one -> one.machine().equals(machine))
                            .toList();
                    Needs most = its.stream()
                            .map(Difference::needs)
                            .max(Needs::compareTo)
                            .orElse(Needs.NOTHING);
                    int from = its.stream()
                            .mapToInt(Difference::provisioner)
                            .filter(position -> position > 0)
                            .min()
                            .orElse(0);
                    String name = machine.isEmpty() ? sandbox : sandbox + "/" + machine;
                    String provision = from == 0 ? "" : "corral provision " + name + " --update --from " + from;
                    return switch (most) {
                        case NOTHING -> "corral update " + sandbox + " takes it over.";
                        case PROVISION -> provision + " takes it over.";
                        case RELOAD ->
                            "corral update " + sandbox + ", then corral reload " + name
                                    + (from == 0 ? "" : ", then corral provision " + name + " --from " + from)
                                    + " takes it over.";
                        case DESTROY -> "To make all of it good, destroy " + name + " and start it anew.";
                    };
                })
                .toList();
    }
}
