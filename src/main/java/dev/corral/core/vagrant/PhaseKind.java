package dev.corral.core.vagrant;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an operation does in one of its phases. Those of {@code vagrant up} are the same for every provider, so that times can be compared.
 */
public enum PhaseKind {
    /** Vagrant is asked what the Vagrantfile means, or what it said before is looked up. */
    RESOLVE("read Vagrantfile"),
    /** Copy of the Vagrantfile and the checks before Vagrant runs. */
    COPY("copy and check"),
    /** Vagrant loads itself, its plugins and the Vagrantfile. */
    LOAD("load Vagrantfile"),
    /** The box is looked up or downloaded. */
    BOX("find box"),
    /** The disk and the machine's definition are made. */
    CREATE("create machine"),
    /** The machine starts until it has an address. */
    BOOT("boot"),
    /** SSH is waited for. */
    SSH("wait for SSH"),
    /** Host name, networks and folders are set inside the guest. */
    SET_UP("set up guest"),
    /** A provisioner runs. */
    PROVISION("provision"),
    /** A trigger of the Vagrantfile runs, on this machine or in the guest. */
    TRIGGER("trigger"),
    /** The files of a sample are written into a machine. */
    FILES("copy files"),
    /** The setup script of a sample runs in its default machine. */
    SETUP("run setup"),
    /** What would be lost with a machine is brought out of it. */
    SAVE("save recordings"),
    /** Vagrant destroys machines. */
    DESTROY("destroy"),
    /** What Vagrant could not destroy is removed where it runs. */
    REMOVE("remove at the hypervisor"),
    /** The hypervisor is asked whether nothing is left. */
    CONFIRM("confirm"),
    /** One item of a cleanup; the phase says in its own words what is done to it. */
    ITEM("clean up"),
    /** Something that this version has no word of its own for. */
    OTHER("");

    private final String words;

    PhaseKind(String words) {
        this.words = words;
    }

    /** What people read; empty for {@link #OTHER}. */
    public String words() {
        return words;
    }

    /** Whether no guest of that machine can have said anything yet. */
    public boolean beforeGuests() {
        return switch (this) {
            case RESOLVE, COPY, LOAD, BOX, CREATE, BOOT -> true;
            case SSH, SET_UP, PROVISION, TRIGGER, FILES, SETUP, SAVE, DESTROY, REMOVE, CONFIRM, ITEM, OTHER -> false;
        };
    }

    /** The kind that is called so; empty when none is. */
    static Optional<PhaseKind> of(String words) {
        return Arrays.stream(values())
                .filter(kind -> kind != OTHER && kind != ITEM && kind.words.equals(words))
                .findFirst();
    }
}
