package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.operation.update.MachineNotes;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.hook.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Vagrant command for machines that exist.
 *
 * @param kind         what it does
 * @param word         Vagrant's name for it, and its log's
 * @param before       Vagrant's arguments before the machine's name
 * @param after        Vagrant's arguments after it
 * @param changesState whether the machine boots, stops or goes back to an earlier state, so that connections to it end
 * @param changed      what it does when the sandbox's code has changed; empty leaves that to the variable and the sandbox's owner
 * @param selection    which provisioners run, of a command that runs any
 */
public record MachineVerb(
        OperationKind kind,
        String word,
        List<String> before,
        List<String> after,
        boolean changesState,
        Optional<WhenChanged> changed,
        Selection selection) {
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private MachineVerb(
            OperationKind kind, String word, List<String> before, List<String> after, boolean changesState) {
        this(kind, word, before, after, changesState, Optional.empty(), Selection.ALL);
    }

    /** A copy that does this when the sandbox's code has changed. */
    public MachineVerb whenChanged(WhenChanged then) {
        return new MachineVerb(kind, word, before, after, changesState, Optional.of(then), selection);
    }

    /** Boots a machine that is off. */
    public static MachineVerb up() {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(Vagrant.UP_OPTIONS);
        return new MachineVerb(OperationKind.UP, "up", arguments, List.of(), true);
    }

    /**
     * Boots a machine that is off and runs some of its provisioners, whatever their run policy; one that runs already stays as it is, and
     * they run in it. Any but {@link Selection#ALL} is for one machine.
     */
    public static MachineVerb up(Selection selection) {
        return up().choosing(selection);
    }

    /** Shuts a machine down; its disk stays. */
    public static MachineVerb halt() {
        return new MachineVerb(OperationKind.HALT, "halt", List.of("halt"), List.of(), true);
    }

    /** The same for a sandbox that a cleanup keeps for a while. */
    static MachineVerb shutDown() {
        return new MachineVerb(OperationKind.SHUT_DOWN, "halt", List.of("halt"), List.of(), true)
                .whenChanged(WhenChanged.RESTORE);
    }

    /** Shuts a machine down and boots it with what its Vagrantfile says now. */
    public static MachineVerb reload() {
        return new MachineVerb(OperationKind.RELOAD, "reload", List.of("reload"), List.of(), true);
    }

    /** Stops a machine where it is. */
    public static MachineVerb suspend() {
        return new MachineVerb(OperationKind.SUSPEND, "suspend", List.of("suspend"), List.of(), true);
    }

    /** Goes on with a suspended machine. */
    public static MachineVerb resume() {
        return new MachineVerb(OperationKind.RESUME, "resume", List.of("resume"), List.of(), true);
    }

    /** Runs the provisioners again. */
    public static MachineVerb provision() {
        return new MachineVerb(OperationKind.PROVISION, "provision", List.of("provision"), List.of(), false);
    }

    /**
     * Runs some of the provisioners again; any but {@link Selection#ALL} is for one machine, and what is chosen runs whatever its run
     * policy says.
     */
    public static MachineVerb provision(Selection selection) {
        return provision().choosing(selection);
    }

    private MachineVerb choosing(Selection some) {
        return new MachineVerb(kind, word, before, after, changesState, changed, some);
    }

    /** Saves the state of a machine under a name. */
    public static MachineVerb saveSnapshot(String name) {
        return new MachineVerb(
                OperationKind.SNAPSHOT_SAVE,
                "snapshot-save",
                List.of("snapshot", "save"),
                List.of(checked(name)),
                false);
    }

    /** Takes a machine back to a saved state; provisioners do not run, since that state is what is wanted. */
    public static MachineVerb restoreSnapshot(String name) {
        return new MachineVerb(
                OperationKind.SNAPSHOT_RESTORE,
                "snapshot-restore",
                List.of("snapshot", "restore", "--no-provision"),
                List.of(checked(name)),
                true);
    }

    /** Removes a saved state. */
    public static MachineVerb deleteSnapshot(String name) {
        return new MachineVerb(
                OperationKind.SNAPSHOT_DELETE,
                "snapshot-delete",
                List.of("snapshot", "delete"),
                List.of(checked(name)),
                false);
    }

    /** Names the saved states, in lines of output. */
    public static MachineVerb listSnapshots() {
        return new MachineVerb(
                OperationKind.SNAPSHOT_LIST, "snapshot-list", List.of("snapshot", "list"), List.of(), false);
    }

    /** The states that a machine may be in afterwards; empty when the command is about none. */
    Set<MachineState> states() {
        return switch (kind) {
            case UP, RELOAD, RESUME, PROVISION -> EnumSet.of(MachineState.RUNNING);
            case HALT, SHUT_DOWN -> EnumSet.of(MachineState.STOPPED);
            // Some providers write the memory to disk and end the machine.
            case SUSPEND -> EnumSet.of(MachineState.PAUSED, MachineState.STOPPED);
            default -> EnumSet.noneOf(MachineState.class);
        };
    }

    /** Whether a machine may be in this state afterwards. */
    boolean wants(MachineState state) {
        return states().isEmpty() ? state != MachineState.GONE : states().contains(state);
    }

    /** The snapshot that the command is about, and whether it is there afterwards; empty when it is about none. */
    Optional<WantedSnapshot> snapshot() {
        return switch (kind) {
            case SNAPSHOT_SAVE, SNAPSHOT_RESTORE -> Optional.of(new WantedSnapshot(after.getFirst(), true));
            case SNAPSHOT_DELETE -> Optional.of(new WantedSnapshot(after.getFirst(), false));
            default -> Optional.empty();
        };
    }

    /** What was done with a snapshot once the command has ended well; empty when it is about none, or only looks. */
    Optional<MachineNotes.SnapshotDone> snapshotDone() {
        return switch (kind) {
            case SNAPSHOT_SAVE -> Optional.of(MachineNotes.SnapshotDone.SAVED);
            case SNAPSHOT_RESTORE -> Optional.of(MachineNotes.SnapshotDone.RESTORED);
            case SNAPSHOT_DELETE -> Optional.of(MachineNotes.SnapshotDone.REMOVED);
            default -> Optional.empty();
        };
    }

    /**
     * A snapshot as it shall be afterwards.
     *
     * @param name  its name
     * @param there whether it shall exist
     */
    record WantedSnapshot(String name, boolean there) {
        /** Whether these are as wanted. */
        boolean in(List<VmSnapshot> snapshots) {
            return there == snapshots.stream().anyMatch(saved -> saved.name().equals(name));
        }

        /** What it shall be, or is, in words. */
        String words(boolean asWanted) {
            return "snapshot " + name + (there == asWanted ? " is there" : asWanted ? " is gone" : " is not there");
        }
    }

    /** Whether the machine may boot, and have another address afterwards, or its provisioners may run. */
    boolean boots() {
        return switch (kind) {
            case UP, RELOAD, RESUME, PROVISION, SNAPSHOT_RESTORE -> true;
            default -> false;
        };
    }

    /** Whether Vagrant makes a machine that it knows and that is not there. */
    boolean makes() {
        return kind == OperationKind.UP;
    }

    /** How long Vagrant may take to end by itself once it is to stop: longer where it leaves a machine half-way. */
    Duration patience() {
        return kind == OperationKind.PROVISION ? Duration.ofSeconds(15) : Duration.ofSeconds(90);
    }

    /** All arguments, for these machines; none named means every machine that the Vagrantfile defines. */
    List<String> arguments(List<String> machines) {
        List<String> arguments = new ArrayList<>(before);
        if (!arguments.contains("--machine-readable")) {
            arguments.add("--machine-readable");
        }
        arguments.addAll(machines);
        arguments.addAll(after);
        return arguments;
    }

    // Hypervisors take such names without quoting, and Vagrant no leading dash.
    private static String checked(String name) {
        if (!SNAPSHOT_NAME.matcher(name).matches()) {
            throw ExpectedFailure.usage(
                    "\"" + name + "\" can't be a snapshot's name.",
                    "Use up to 100 letters, digits, dots, dashes and underscores, a letter or digit first.");
        }
        return name;
    }
}
