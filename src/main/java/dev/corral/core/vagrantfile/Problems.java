package dev.corral.core.vagrantfile;

import dev.corral.core.base.PlainText;
import dev.corral.core.base.Suggestions;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import dev.corral.core.vagrantfile.ResolvedMachine.SyncedFolder;
import dev.corral.core.vagrantfile.ResolvedMachine.Trigger;
import dev.corral.core.vagrantfile.ResolvedMachine.UnknownKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is wrong with a resolved Vagrantfile. Looks at the disk for named files, and at nothing else. */
public final class Problems {
    private static final int LONGEST = 300;
    private static final int FAR = 3;
    private static final int LONGEST_FIRST_LINE = 4096;

    private final Resolution resolution;
    private final Set<Problem> found = new LinkedHashSet<>();

    private Problems(Resolution resolution) {
        this.resolution = resolution;
    }

    /** The problems in the order of files and lines. */
    public static List<Problem> of(Resolution resolution) {
        Problems problems = new Problems(resolution);
        resolution.failure().ifPresent(failure -> problems.failure(failure, Place.NONE));
        for (String plugin : resolution.missingPlugins()) {
            problems.add(
                    Place.NONE,
                    Severity.ERROR,
                    "The plugin " + plugin + " is not installed; vagrant plugin install " + plugin + " gets it.");
        }
        resolution.pluginsAsked().forEach((plugin, there) -> {
            if (!there) {
                problems.add(
                        Place.NONE,
                        Severity.WARNING,
                        "The plugin " + plugin + ", which the file asks for, is not installed.");
            }
        });
        resolution.machines().forEach(problems::machine);
        for (NamedFile file : NamedFiles.of(resolution)) {
            if (file.required() && !file.present()) {
                problems.add(
                        file.place(),
                        Severity.ERROR,
                        "The " + file.by() + " names " + file.text() + ", which is not there" + problems.near(file)
                                + ".");
            }
        }
        List<Problem> all = new ArrayList<>(problems.found);
        all.sort(
                Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::severity));
        return all;
    }

    private void add(Place place, Severity severity, String text) {
        found.add(Problem.at(place, resolution.vagrantfile(), severity, PlainText.line(text, LONGEST)));
    }

    private void failure(ResolveFailure failure, Place otherwise) {
        String text = failure.type().equals("SystemExit")
                ? "The file ends Vagrant itself (" + failure.message() + ")."
                : FailureWords.missingVariable(failure)
                        .map(name -> "The file looks up " + name
                                + ", and it is not there; if that is a variable of the environment, set it.")
                        .orElseGet(() -> FailureWords.said(failure) + ".");
        Place place = failure.place().known() ? failure.place() : otherwise;
        found.add(new Problem(
                place.known() ? place.file() : resolution.vagrantfile(),
                Math.max(place.line(), 1),
                failure.column() == null ? 1 : Math.max(failure.column(), 1),
                Severity.ERROR,
                PlainText.line(text + didYouMean(failure.didYouMean()), LONGEST)));
        failure.more().forEach(more -> add(new Place(more.file(), more.line()), Severity.ERROR, more.message()));
    }

    private void machine(ResolvedMachine machine) {
        machine.failure().ifPresent(failure -> failure(failure, machine.place()));
        machine.trouble().ifPresent(trouble -> provider(machine, trouble));
        for (ResolvedMachine.Provider provider : machine.providers()) {
            if (!provider.known() && machine.trouble().isEmpty()) {
                add(
                        provider.place(),
                        Severity.WARNING,
                        "No plugin for the provider " + provider.name() + " is installed.");
            }
        }
        machine.unknownKeys().forEach(this::unknownKey);
        machine.errors().forEach(text -> add(machine.place(), Severity.ERROR, text));
        machine.warnings().forEach(text -> add(machine.place(), Severity.WARNING, text));
        if (machine.box().name() != null
                && !machine.box().present()
                && machine.trouble().isEmpty()) {
            add(
                    machine.box().place(),
                    Severity.WARNING,
                    "The box " + machine.box().name()
                            + (machine.box().version() == null
                                    ? ""
                                    : " (" + machine.box().version() + ")")
                            + " is not here yet; Vagrant will fetch it.");
        }
        for (SyncedFolder folder : machine.syncedFolders()) {
            if (!folder.disabled()
                    && folder.place().known()
                    && !folder.options().path("create").asBoolean(false)
                    && !Files.isDirectory(resolution.directory().resolve(home(folder.host())))) {
                add(folder.place(), Severity.ERROR, "The synced folder " + folder.host() + " is not there.");
            }
        }
        machine.provisioners().forEach(one -> script(machine, one));
        machine.triggers().forEach(this::trigger);
        primaries(machine);
    }

    // Vagrant gives scripts Unix line ends, unless it is told to bring them in as they are.
    private void script(ResolvedMachine machine, Provisioner provisioner) {
        if (!provisioner.type().equals("shell")
                || !provisioner.settings().path("binary").asBoolean(false)) {
            return;
        }
        NamedFiles.of(resolution, machine, provisioner).stream()
                .filter(file -> windowsLineEnds(file.file()))
                .forEach(file -> add(
                        provisioner.place(),
                        Severity.WARNING,
                        "The script " + file.text()
                                + " has Windows line ends, and binary brings it in as it is: "
                                + "a Linux shell takes them for letters."));
    }

    private static boolean windowsLineEnds(Path script) {
        if (!Files.isRegularFile(script)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(script)) {
            String head = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1);
            return head.startsWith("#!") && head.contains("\r\n");
        } catch (IOException e) {
            // Who can't read it says so elsewhere.
            return false;
        }
    }

    private static String home(String path) {
        return path.equals("~") || path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    }

    private void provider(ResolvedMachine machine, ResolveFailure trouble) {
        Place place = machine.providers().stream()
                .filter(one -> one.name().equals(machine.provider().orElse("")))
                .findFirst()
                .map(ResolvedMachine.Provider::place)
                .orElse(machine.place());
        add(
                place,
                Severity.ERROR,
                machine.provider()
                        .filter(name -> !machine.providerKnown())
                        .map(name -> "No plugin for the provider " + name + " is installed."
                                + didYouMean(trouble.didYouMean()))
                        .orElseGet(() -> "No provider can be used for " + machine.name() + ": " + trouble.message()));
    }

    private void unknownKey(UnknownKey key) {
        String what = key.of().equals("provisioner type")
                ? "There is no provisioner of the type " + key.key()
                : key.of().equals("config")
                        ? "There is no config." + key.key()
                        : "There is no setting " + key.key() + " of " + key.of();
        add(key.place(), Severity.ERROR, what + "." + didYouMean(key.didYouMean()));
    }

    private void trigger(Trigger trigger) {
        for (String name : trigger.onlyOn()) {
            if (!name.startsWith("/") && resolution.machine(name).isEmpty()) {
                Optional<String> near = resolution.machines().stream()
                        .map(ResolvedMachine::name)
                        .filter(one -> Suggestions.distance(one, name) <= FAR)
                        .min(Comparator.comparingInt(one -> Suggestions.distance(one, name)));
                add(
                        trigger.place(),
                        Severity.WARNING,
                        "The trigger is for the machine " + name + ", which the file does not define."
                                + didYouMean(near.stream().toList()));
            }
        }
    }

    private void primaries(ResolvedMachine machine) {
        if (machine.primary()
                && resolution.machines().stream()
                                .filter(ResolvedMachine::primary)
                                .count()
                        > 1
                && !machine.name().equals(resolution.primary().orElse(""))) {
            add(
                    machine.place(),
                    Severity.WARNING,
                    "A second machine is called primary; Vagrant takes "
                            + resolution.primary().orElse("none") + ".");
        }
    }

    private String near(NamedFile file) {
        String name = file.file().getFileName() == null
                ? ""
                : file.file().getFileName().toString();
        if (file.file().getParent() == null || !Files.isDirectory(file.file().getParent())) {
            return "";
        }
        try (Stream<Path> entries = Files.list(file.file().getParent())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(one -> Suggestions.distance(one, name) <= FAR
                            && Suggestions.distance(one, name) * 2 < name.length())
                    .min(Comparator.comparingInt((String one) -> Suggestions.distance(one, name))
                            .thenComparing(Comparator.naturalOrder()))
                    .map(one -> "; " + one + " is")
                    .orElse("");
        } catch (IOException e) {
            // A folder that can't be listed has no better name to offer.
            return "";
        }
    }

    private static String didYouMean(List<String> names) {
        return names.isEmpty() ? "" : " Did you mean " + names.getFirst() + "?";
    }
}
