package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code corral.json} of a sandbox: whose it is and all that is needed to run Vagrant on it again. Written and
 * synced to disk before Vagrant first runs.
 *
 * @param schemaVersion version of this format
 * @param id            the directory's name
 * @param createdAt     when it was made
 * @param owner         the process for which it lives
 * @param origin        which eval, task and sample it belongs to
 * @param vagrantfile   the file that was copied, absolute
 * @param context       what Vagrant was started with, to be used for every later command
 * @param machines      Vagrant's machine names, as far as they are known; the suffix included
 * @param primary       the primary machine's full name; empty until it is known
 * @param copied        files beside the Vagrantfile that came along, relative to it
 * @param pin           set when a person wants the sandbox kept
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(
        int schemaVersion,
        String id,
        Instant createdAt,
        Owner owner,
        Origin origin,
        String vagrantfile,
        StartContext context,
        List<String> machines,
        Optional<String> primary,
        List<String> copied,
        Optional<Pin> pin) {

    /** The version that this code writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Fills absent lists and optionals, as older or hand-edited files may lack them. */
    public Manifest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(context, "context");
        origin = origin == null ? Origin.none() : origin;
        vagrantfile = vagrantfile == null ? "" : vagrantfile;
        machines = machines == null ? List.of() : List.copyOf(machines);
        primary = primary == null ? Optional.empty() : primary;
        copied = copied == null ? List.of() : List.copyOf(copied);
        pin = pin == null ? Optional.empty() : pin;
    }

    /** A copy with the machine names that Vagrant told, and the primary one. */
    public Manifest withMachines(List<String> names, @Nullable String primaryName) {
        return new Manifest(
                schemaVersion,
                id,
                createdAt,
                owner,
                origin,
                vagrantfile,
                context,
                names,
                Optional.ofNullable(primaryName),
                copied,
                pin);
    }

    /** A copy without this machine; a primary machine that is none any more is forgotten. */
    public Manifest withoutMachine(String name) {
        return new Manifest(
                schemaVersion,
                id,
                createdAt,
                owner,
                origin,
                vagrantfile,
                context,
                machines.stream().filter(machine -> !machine.equals(name)).toList(),
                primary.filter(machine -> !machine.equals(name)),
                copied,
                pin);
    }

    /** A copy that lives for another process. */
    public Manifest withOwner(Owner newOwner) {
        return new Manifest(
                schemaVersion, id, createdAt, newOwner, origin, vagrantfile, context, machines, primary, copied, pin);
    }

    /** A copy with or without a pin. */
    public Manifest withPin(Optional<Pin> newPin) {
        return new Manifest(
                schemaVersion, id, createdAt, owner, origin, vagrantfile, context, machines, primary, copied, newPin);
    }

    /**
     * Which eval a sandbox belongs to. Every field may be empty: a Vagrantfile started by hand has none.
     *
     * @param task       the task's name
     * @param taskFile   the file that defines it, absolute
     * @param sample     the sample's id, verbatim
     * @param epoch      the epoch, from 1; 0 when unknown
     * @param sampleUuid Inspect's uuid of this sample
     * @param run        Inspect's run id
     * @param eval       Inspect's eval id
     * @param attempt    the attempt, from 1; 0 when unknown
     * @param log        the eval log's location
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Origin(
            String task,
            String taskFile,
            String sample,
            int epoch,
            String sampleUuid,
            String run,
            String eval,
            int attempt,
            String log) {
        /** Turns absent texts into empty ones. */
        public Origin {
            task = Objects.requireNonNullElse(task, "");
            taskFile = Objects.requireNonNullElse(taskFile, "");
            sample = Objects.requireNonNullElse(sample, "");
            sampleUuid = Objects.requireNonNullElse(sampleUuid, "");
            run = Objects.requireNonNullElse(run, "");
            eval = Objects.requireNonNullElse(eval, "");
            log = Objects.requireNonNullElse(log, "");
        }

        /** The origin of a Vagrantfile that was started by hand. */
        public static Origin none() {
            return new Origin("", "", "", 0, "", "", "", 0, "");
        }

        /** The origin of a sample of a task file that was started by hand. */
        public static Origin sample(String task, String taskFile, String sample) {
            return new Origin(task, taskFile, sample, 1, "", "", "", 0, "");
        }
    }

    /**
     * What Vagrant was started with.
     *
     * @param provider    the provider asked for, if one was
     * @param environment every variable given or inherited that Vagrant or the Vagrantfile can see a difference by,
     *                    INSPECT_VM_SUFFIX and VAGRANT_HOME included; passwords and tokens are left out
     * @param primary     the primary machine asked for, if one was
     * @param given       names of the variables that were given for this start; the others were inherited
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StartContext(
            Optional<String> provider, Map<String, String> environment, Optional<String> primary, List<String> given) {
        /** Fills what is absent. */
        public StartContext {
            provider = provider == null ? Optional.empty() : provider;
            environment = environment == null ? Map.of() : Map.copyOf(environment);
            primary = primary == null ? Optional.empty() : primary;
            given = given == null ? List.of() : List.copyOf(given);
        }

        /** A context for which no primary machine and no variable was given. */
        public StartContext(Optional<String> provider, Map<String, String> environment) {
            this(provider, environment, Optional.empty(), List.of());
        }

        /** The variables that were given for this start. */
        public Map<String, String> variables() {
            Map<String, String> found = new TreeMap<>(environment);
            found.keySet().retainAll(given);
            return found;
        }
    }

    /**
     * A person's word that the sandbox stays.
     *
     * @param by    who or what pinned it, for people to read
     * @param at    when
     * @param until from when on it counts as if it had never been given; empty for no such date
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Pin(String by, Instant at, Optional<Instant> until) {
        /** Fills an absent date. */
        public Pin {
            until = until == null ? Optional.empty() : until;
        }

        /** Whether it holds at this time. */
        public boolean holds(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }
    }
}
