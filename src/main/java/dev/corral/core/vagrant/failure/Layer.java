package dev.corral.core.vagrant.failure;

import dev.corral.core.vagrant.PhaseKind;

/** Where a failure comes from: whoever looks for it need not look anywhere else. */
public enum Layer {
    /** The Vagrantfile, or a file that it names. */
    VAGRANTFILE("Vagrantfile"),
    /** Vagrant itself, or somebody who stopped it. */
    VAGRANT("Vagrant"),
    /** A plugin of Vagrant's. */
    PLUGIN("plugin"),
    /** The box. */
    BOX("box"),
    /** The hypervisor. */
    PROVIDER("hypervisor"),
    /** Networks and ports. */
    NETWORK("network"),
    /** The guest's own start. */
    BOOT("boot"),
    /** The way into the guest. */
    SSH("SSH"),
    /** Folders that are shared with the guest. */
    FOLDER("synced folder"),
    /** A provisioner, in the guest or on this computer. */
    PROVISIONER("provisioner"),
    /** A trigger. */
    TRIGGER("trigger"),
    /** This computer: disk, memory, rights. */
    HOST("this computer");

    private final String words;

    Layer(String words) {
        this.words = words;
    }

    /** What people read. */
    public String words() {
        return words;
    }

    /** Where a failure in that phase comes from as a rule. */
    public static Layer of(PhaseKind phase) {
        return switch (phase) {
            case RESOLVE, COPY, LOAD -> VAGRANTFILE;
            case BOX -> BOX;
            case CREATE, SAVE, DESTROY, REMOVE, CONFIRM -> PROVIDER;
            case BOOT -> BOOT;
            case SSH, FILES, SETUP -> SSH;
            case SET_UP -> FOLDER;
            case PROVISION -> PROVISIONER;
            case TRIGGER -> TRIGGER;
            case ITEM, OTHER -> VAGRANT;
        };
    }
}
