package dev.corral.core.vagrantfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Vagrant said a Vagrantfile means, for the variables that it was given. Immutable.
 *
 * @param vagrantfile    the Vagrantfile's absolute path, as it was named: links are not resolved
 * @param primary        the machine that Vagrant takes when none is named; empty if it takes none or all
 * @param machines       the machines in the file's order
 * @param reads          what was read, listed or tested for while it loaded
 * @param patterns       the globs that were asked for, absolute
 * @param variables      the variables that were read by the file, by what it requires, or by a plugin
 * @param programs       the programs that it ran
 * @param pluginsAsked   the plugins that it asked {@code Vagrant.has_plugin?} about, with the answer
 * @param missingPlugins plugins that {@code config.vagrant.plugins} wants and that are not installed
 * @param printed        the first part of what it printed
 * @param vagrant        Vagrant's version
 * @param ruby           the version of the Ruby that runs Vagrant
 * @param plugins        versions of the installed plugins by name
 * @param installation   the files whose change means another Vagrant or other plugins
 * @param home           Vagrant's home directory
 * @param failure        why it could not be resolved; empty if it was
 */
public record Resolution(
        String vagrantfile,
        Optional<String> primary,
        List<ResolvedMachine> machines,
        List<Read> reads,
        List<String> patterns,
        List<Variable> variables,
        List<Program> programs,
        Map<String, Boolean> pluginsAsked,
        List<String> missingPlugins,
        String printed,
        String vagrant,
        String ruby,
        Map<String, String> plugins,
        List<String> installation,
        String home,
        Optional<ResolveFailure> failure) {
    /** The name that stands for every variable, where a file asked for all of them. */
    public static final String ALL_VARIABLES = "*";

    /** Takes absent parts for empty ones. */
    public Resolution {
        vagrantfile = text(vagrantfile);
        primary = optional(primary);
        machines = list(machines);
        reads = list(reads);
        patterns = list(patterns);
        variables = list(variables);
        programs = list(programs);
        pluginsAsked = pluginsAsked == null ? Map.of() : Map.copyOf(pluginsAsked);
        missingPlugins = list(missingPlugins);
        printed = text(printed);
        vagrant = text(vagrant);
        ruby = text(ruby);
        plugins = plugins == null ? Map.of() : Map.copyOf(plugins);
        installation = list(installation);
        home = text(home);
        failure = optional(failure);
    }

    /**
     * Something that was touched while the file loaded.
     *
     * @param path the absolute path; it may be absent, which decided as well
     * @param how  {@code read}, {@code list}, {@code test} (there, and what kind), {@code stat} (size and time), {@code link} (where it
     *             leads),
     *             {@code write}, {@code tool} (Vagrant looked for a provider's program)
     */
    public record Read(String path, List<String> how) {
        /** Takes an absent list for an empty one. */
        public Read {
            path = text(path);
            how = list(how);
        }

        /** Whether its content was read. */
        public boolean content() {
            return how.contains("read");
        }

        /** Whether only Vagrant itself looked for it. */
        public boolean onlyVagrant() {
            return how.equals(List.of("tool"));
        }
    }

    /**
     * A variable that was read.
     *
     * @param name the name; {@link #ALL_VARIABLES} where a file asked for all
     * @param file where it was read first; absent if a plugin read it
     * @param line the line there
     */
    public record Variable(
            String name, @Nullable String file, @Nullable Integer line) {
        /** Where it was read first. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /**
     * A program that the file ran.
     *
     * @param command the command line, as far as it can be told
     * @param file    where it was run
     * @param line    the line there
     */
    public record Program(
            String command, @Nullable String file, @Nullable Integer line) {
        /** Where it was run. */
        public Place place() {
            return Place.of(file, line);
        }
    }

    /** The folder of the Vagrantfile: relative paths in it are meant from there. */
    public Path directory() {
        return Objects.requireNonNull(Path.of(vagrantfile).getParent());
    }

    /** The machine of that name. */
    public Optional<ResolvedMachine> machine(String name) {
        return machines.stream().filter(machine -> machine.name().equals(name)).findFirst();
    }

    /** Why the file as a whole or one of its machines could not be resolved. */
    public Optional<ResolveFailure> anyFailure() {
        return failure.or(() ->
                machines.stream().flatMap(machine -> machine.failure().stream()).findFirst());
    }

    /** Whether the same content and variables give the same answer again: it ran no program and changed no file while it loaded. */
    public boolean repeatable() {
        return programs.isEmpty() && reads.stream().noneMatch(read -> read.how().contains("write"));
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    // Jackson leaves an absent field of this type null.
    @SuppressWarnings({"OptionalAssignedToNull", "NullableOptional"})
    static <T> Optional<T> optional(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }
}
