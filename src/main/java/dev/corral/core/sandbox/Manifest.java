package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.process.ProcessIdentity.Life;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code corral.json} of a sandbox: whose it is and all that is needed to run Vagrant on it again. Written and
 * synced to disk before Vagrant first runs.
 *
 * <p>Version 1 lacks the lease, the directory, the suffix, the inputs and what a sandbox was made from; reading fills them in from what
 * it has. A file of version 1 becomes one of version 2 only when we change its own sandbox. Every field of version 1 keeps its name and
 * meaning, so an older Corral reads version 2 as well.
 *
 * @param schemaVersion version of this format
 * @param id            the sandbox's id
 * @param directory     Vagrant's root as it was made, absolute; empty in version 1. Where the file lies counts, if it was moved
 * @param suffix        what INSPECT_VM_SUFFIX was: with it end the names of machines that a Vagrantfile makes with that variable
 * @param createdAt     when it was made
 * @param owner         the process for which it lives
 * @param lease         who uses it now
 * @param origin        which eval, task and sample it belongs to
 * @param madeFrom      the saved state that its machines began as; empty for machines that its Vagrantfile made from their boxes
 * @param vagrantfile   the file that was copied, absolute
 * @param inputs        a hash of all that was copied and of the variables, see {@link Inputs}; empty while it is not known
 * @param context       what Vagrant was started with, to be used for every later command
 * @param machines      names of the machines that a start makes, as far as they are known; the suffix included
 * @param spare         names of those that the Vagrantfile defines besides and that only start when they are named
 * @param primary       the primary machine's full name; empty until it is known
 * @param copied        files beside the Vagrantfile that came along, relative to it
 * @param pin           set when a person wants the sandbox kept
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(
        int schemaVersion,
        String id,
        String directory,
        String suffix,
        Instant createdAt,
        Owner owner,
        Lease lease,
        Origin origin,
        Optional<String> madeFrom,
        String vagrantfile,
        String inputs,
        StartContext context,
        List<String> machines,
        List<String> spare,
        Optional<String> primary,
        List<String> copied,
        Optional<Pin> pin) {

    /** The version that this code writes; newer ones are not understood. */
    public static final int SCHEMA_VERSION = 2;

    /** Fills absent lists and optionals, as older or hand-edited files may lack them. */
    public Manifest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(context, "context");
        directory = Objects.requireNonNullElse(directory, "");
        suffix = suffix == null ? context.environment().getOrDefault(SUFFIX, usualSuffix(id)) : suffix;
        lease = lease == null ? new Lease(owner, createdAt) : lease;
        origin = origin == null ? Origin.none() : origin;
        madeFrom = madeFrom == null ? Optional.empty() : madeFrom;
        vagrantfile = vagrantfile == null ? "" : vagrantfile;
        inputs = Objects.requireNonNullElse(inputs, "");
        machines = machines == null ? List.of() : List.copyOf(machines);
        spare = spare == null ? List.of() : List.copyOf(spare);
        primary = primary == null ? Optional.empty() : primary;
        copied = copied == null ? List.of() : List.copyOf(copied);
        pin = pin == null ? Optional.empty() : pin;
    }

    private static final String SUFFIX = "INSPECT_VM_SUFFIX";

    /** What version 1 knows of a sandbox; the rest follows from it. */
    public Manifest(
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
        this(
                schemaVersion,
                id,
                "",
                context.environment().getOrDefault(SUFFIX, usualSuffix(id)),
                createdAt,
                owner,
                new Lease(owner, createdAt),
                origin,
                Optional.empty(),
                vagrantfile,
                "",
                context,
                machines,
                List.of(),
                primary,
                copied,
                pin);
    }

    /** The suffix of a sandbox of that id whose own is not noted. */
    public static String usualSuffix(String id) {
        return "-" + id;
    }

    /** The suffix of a sandbox, whether it has a manifest or not. */
    public static String suffix(String id, Optional<Manifest> manifest) {
        return manifest.map(Manifest::suffix).orElseGet(() -> usualSuffix(id));
    }

    /** A machine's name without that suffix; a name that ends otherwise, or is nothing but the suffix, stays as it is. */
    public static String plainName(String machine, String suffix) {
        return !suffix.isEmpty() && machine.endsWith(suffix) && machine.length() > suffix.length()
                ? machine.substring(0, machine.length() - suffix.length())
                : machine;
    }

    /** The variables for Vagrant in a sandbox, whether it has a manifest or not. */
    public static Map<String, String> environment(String id, Optional<Manifest> manifest) {
        return manifest.map(known -> known.context().environment()).orElseGet(() -> Map.of(SUFFIX, usualSuffix(id)));
    }

    /** Which hypervisors a sandbox's Vagrant talks to; of one without a manifest nobody knows better than this process. */
    public static HostContext hosts(Optional<Manifest> manifest) {
        return manifest.map(known -> known.context().hosts()).orElseGet(HostContext::here);
    }

    /** Everybody for whom it may not be taken away: its owner, and who uses it now where that is another. */
    public List<Owner> users() {
        return lease.holder().process().equals(owner.process()) ? List.of(owner) : List.of(owner, lease.holder());
    }

    /** The one of its users who decides what becomes of it: one who lives, else one of whom nobody can tell, else its owner. */
    public Owner user(Function<Owner, Life> lives) {
        List<Owner> users = users();
        return users.stream()
                .filter(one -> lives.apply(one) == Life.ALIVE)
                .findFirst()
                .or(() -> users.stream()
                        .filter(one -> lives.apply(one) == Life.UNKNOWN)
                        .findFirst())
                .orElse(owner);
    }

    /** A copy with the machine names that Vagrant told, and the primary one. */
    public Manifest withMachines(List<String> names, @Nullable String primaryName) {
        return made(directory, inputs, context, names, spare, Optional.ofNullable(primaryName), copied);
    }

    /**
     * A copy with what Vagrant said of the Vagrantfile.
     *
     * @param known       the context with the variables that the file reads
     * @param starting    the machines that start by themselves
     * @param others      those that don't
     * @param primaryName the primary machine
     */
    public Manifest withResolved(StartContext known, List<String> starting, List<String> others, String primaryName) {
        return made(directory, inputs, known, starting, others, Optional.of(primaryName), copied);
    }

    /** A copy that tells what was copied into Vagrant's root, and the hash of all that. */
    public Manifest withCopied(Path root, List<String> names, String hash) {
        return made(root.toString(), hash, context, machines, spare, primary, names);
    }

    /** A copy without this machine; a primary machine that is none any more is forgotten. */
    public Manifest withoutMachine(String name) {
        List<String> left =
                machines.stream().filter(machine -> !machine.equals(name)).toList();
        return made(directory, inputs, context, left, spare, primary.filter(one -> !one.equals(name)), copied);
    }

    /** A copy that lives for another process, which uses it from then on. */
    public Manifest takenBy(Owner newOwner, Instant since) {
        return used(newOwner, new Lease(newOwner, since), pin);
    }

    /** A copy that lives for the same process and is used by this one. */
    public Manifest leasedTo(Owner holder, Instant since) {
        return used(owner, new Lease(holder, since), pin);
    }

    /** A copy with or without a pin. */
    public Manifest withPin(Optional<Pin> newPin) {
        return used(owner, lease, newPin);
    }

    private Manifest made(
            String root,
            String hash,
            StartContext known,
            List<String> starting,
            List<String> others,
            Optional<String> first,
            List<String> names) {
        return new Manifest(
                Math.max(schemaVersion, SCHEMA_VERSION),
                id,
                root,
                suffix,
                createdAt,
                owner,
                lease,
                origin,
                madeFrom,
                vagrantfile,
                hash,
                known,
                starting,
                others,
                first,
                names,
                pin);
    }

    private Manifest used(Owner newOwner, Lease newLease, Optional<Pin> newPin) {
        return new Manifest(
                Math.max(schemaVersion, SCHEMA_VERSION),
                id,
                directory,
                suffix,
                createdAt,
                newOwner,
                newLease,
                origin,
                madeFrom,
                vagrantfile,
                inputs,
                context,
                machines,
                spare,
                primary,
                copied,
                newPin);
    }

    /**
     * Who uses a sandbox now.
     *
     * @param holder the process
     * @param since  since when
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Lease(Owner holder, Instant since) {
        /** Checks that nothing is missing. */
        public Lease {
            Objects.requireNonNull(holder, "holder");
            Objects.requireNonNull(since, "since");
        }
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
     * @param connections connections to libvirt that the Vagrantfile itself names, where that is known
     * @param withheld    names of variables that the Vagrantfile reads, that were set, and whose values are secrets: they are kept nowhere
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StartContext(
            Optional<String> provider,
            Map<String, String> environment,
            Optional<String> primary,
            List<String> given,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> connections,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> withheld) {
        /** The variable by which Vagrant learns a Vagrantfile's name, where it is another than the usual one. */
        public static final String NAME_OF_FILE = "VAGRANT_VAGRANTFILE";

        /** Fills what is absent. */
        public StartContext {
            provider = provider == null ? Optional.empty() : provider;
            environment = environment == null ? Map.of() : Map.copyOf(environment);
            primary = primary == null ? Optional.empty() : primary;
            given = given == null ? List.of() : List.copyOf(given);
            connections = connections == null ? List.of() : List.copyOf(connections);
            withheld = withheld == null ? List.of() : List.copyOf(withheld);
        }

        /** A context of a Vagrantfile of which it is not known whether it names connections. */
        public StartContext(
                Optional<String> provider,
                Map<String, String> environment,
                Optional<String> primary,
                List<String> given) {
            this(provider, environment, primary, given, List.of(), List.of());
        }

        /** Which hypervisors Vagrant talks to with it. */
        public HostContext hosts() {
            return HostContext.of(environment, connections);
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
