package dev.corral.core.sandbox;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of operation. Their words are for journals and JSON only; nothing else compares them. */
public enum OperationKind {
    /** Copies a Vagrantfile and runs {@code vagrant up}. */
    START("start"),
    /** Runs {@code vagrant destroy}, confirms it and removes the directory. */
    DESTROY("destroy"),
    /** Destroys one machine of several. */
    DESTROY_MACHINE("destroy-machine"),
    /** Boots machines that are off. */
    UP("up"),
    /** Shuts machines down; their disks stay. */
    HALT("halt"),
    /** Shuts machines down and boots them with what the Vagrantfile says now. */
    RELOAD("reload"),
    /** Stops machines where they are. */
    SUSPEND("suspend"),
    /** Goes on with suspended machines. */
    RESUME("resume"),
    /** Runs the provisioners again. */
    PROVISION("provision"),
    /** Copies the code again that a sandbox was made from, and changes no machine. */
    UPDATE_CODE("update-code"),
    /** Saves the state of machines under a name. */
    SNAPSHOT_SAVE("snapshot-save"),
    /** Takes machines back to a saved state. */
    SNAPSHOT_RESTORE("snapshot-restore"),
    /** Removes a saved state. */
    SNAPSHOT_DELETE("snapshot-delete"),
    /** Asks Vagrant for the saved states; changes nothing. */
    SNAPSHOT_LIST("snapshot-list"),
    /** Shuts every machine of a sandbox down that a cleanup keeps for a while. */
    SHUT_DOWN("shut-down"),
    /** Executes a plan that removes what nobody needs. */
    CLEANUP("cleanup"),
    /** Executes a plan that only removes what is left of machines. */
    PRUNE("prune"),
    /** Installs a plugin of Vagrant's. */
    INSTALL_PLUGIN("plugin-install"),
    /** Mends the installed plugins. */
    REPAIR_PLUGINS("plugin-repair"),
    /** Fetches a box. */
    ADD_BOX("box-add"),
    /** Starts a network of a hypervisor that is defined and off. */
    START_NETWORK("network-start"),
    /** Starts a storage pool of a hypervisor that is defined and off. */
    START_POOL("pool-start"),
    /** Mends one thing in a file of the user's. */
    MEND_FILE("mend-file"),
    /** Interrupts another Vagrant that has locked a machine. */
    STOP_HOLDER("stop-holder"),
    /** A person works on a sample by hand. */
    SOLVE("solve"),
    /** One of a version that this one does not know, as journals may tell of. */
    OTHER("operation");

    private final String word;

    OperationKind(String word) {
        this.word = word;
    }

    /** The word in journals and JSON. */
    public String word() {
        return word;
    }

    /** Whether it is about a saved state of machines. */
    public boolean ofSnapshots() {
        return switch (this) {
            case SNAPSHOT_SAVE, SNAPSHOT_RESTORE, SNAPSHOT_DELETE, SNAPSHOT_LIST -> true;
            default -> false;
        };
    }

    /** What people read: {@code snapshot save}. */
    public String words() {
        return word.replace('-', ' ');
    }

    /** The same as the beginning of a line: {@code Snapshot save}. */
    public String title() {
        return Character.toUpperCase(word.charAt(0)) + words().substring(1);
    }

    /** The kind with this word; {@link #OTHER} when none has it, or it is null. */
    public static OperationKind of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    /** The kind of a Vagrant command on machines that exist, by the command's word in journals that name no kind. */
    static Optional<OperationKind> ofCommand(@Nullable String command) {
        OperationKind kind = of(command);
        return switch (kind) {
            case UP,
                    HALT,
                    RELOAD,
                    SUSPEND,
                    RESUME,
                    PROVISION,
                    SNAPSHOT_SAVE,
                    SNAPSHOT_RESTORE,
                    SNAPSHOT_DELETE,
                    SNAPSHOT_LIST -> Optional.of(kind);
            case DESTROY -> Optional.of(DESTROY_MACHINE);
            default -> Optional.empty();
        };
    }

    /** Whether the sandbox as a whole begins or ends with it, so that its ending is the sandbox's state. */
    public boolean decidesState() {
        return this == START || this == DESTROY;
    }

    /** Whether it executes a plan of the cleanup. */
    public boolean cleansUp() {
        return this == CLEANUP || this == PRUNE;
    }
}
