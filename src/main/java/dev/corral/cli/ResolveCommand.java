package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what Vagrant makes of a Vagrantfile. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description =
                "Shows what Vagrant makes of a Vagrantfile: machines, provisioners, and the files and variables it reads. "
                        + "Runs the file, which is Ruby code, but starts no machine.",
        footerHeading = "%nExample:%n",
        footer = "  corral resolve ./Vagrantfile --json")
final class ResolveCommand implements Callable<Integer> {
    @Mixin
    private VagrantfileOptions asked;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What {@code resolve --json} prints. */
    record Resolved(Resolution resolution, List<NamedFile> named) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Resolution resolution = corral.vagrantfiles().resolve(asked.request());
            List<NamedFile> named = NamedFiles.of(resolution);
            if (json) {
                output.json(new Resolved(resolution, named));
            } else {
                print(output, resolution, named);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(Output output, Resolution resolution, List<NamedFile> named) {
        output.table(
                List.of("MACHINE", "PRIMARY", "AUTOSTART", "PROVIDER", "BOX", "PROVISIONERS"),
                resolution.machines().stream()
                        .map(machine -> List.of(
                                machine.name(),
                                machine.name().equals(resolution.primary().orElse("")) ? "yes" : "",
                                machine.autostart() ? "yes" : "no",
                                machine.provider().orElse("none"),
                                Optional.ofNullable(machine.box().name()).orElse(""),
                                provisioners(machine)))
                        .toList());
        Path folder = resolution.directory();
        list(
                output,
                "Files read",
                resolution.reads().stream()
                        .filter(Resolution.Read::content)
                        .map(read -> relative(folder, Path.of(read.path()))));
        list(
                output,
                "Files named",
                named.stream().map(one -> relative(folder, one.file()) + (one.present() ? "" : " (not there)")));
        list(
                output,
                "Variables read",
                resolution.variables().stream()
                        .map(variable ->
                                variable.name().equals(Resolution.ALL_VARIABLES) ? "all of them" : variable.name()));
        list(output, "Programs run", resolution.programs().stream().map(Resolution.Program::command));
    }

    private static String provisioners(ResolvedMachine machine) {
        return machine.provisioners().stream()
                .map(one -> one.name().orElse(one.type()))
                .collect(Collectors.joining(", "));
    }

    private static String relative(Path folder, Path file) {
        Path relative = folder.relativize(file);
        return relative.startsWith("../../..") ? file.toString() : relative.toString();
    }

    private static void list(Output output, String title, Stream<String> texts) {
        List<String> all = texts.distinct().toList();
        if (!all.isEmpty()) {
            output.line("");
            output.line(title + ":");
            all.forEach(text -> output.line("  " + PlainText.line(text, 200)));
        }
    }
}
