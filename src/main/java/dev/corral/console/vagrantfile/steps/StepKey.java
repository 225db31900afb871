package dev.corral.console.vagrantfile.steps;

import dev.corral.core.vagrant.Phase;

/**
 * Names a step of a machine's way up, the same one in every start.
 *
 * @param kind     what sort of step it is
 * @param position of a provisioner its place in the Vagrantfile, from 1; 0 of one that is not there any more, and of other steps
 * @param words    what tells it from others of its sort; empty where there is one only
 */
public record StepKey(Kind kind, int position, String words) {
    /** Sorts of steps, in the order in which a machine takes them. */
    public enum Kind {
        /** What is done for the sandbox as a whole before its machines are made. */
        PREPARE("read and copy"),
        /** The box is found and the machine made from it. */
        IMPORT("import"),
        /** It boots until it has an address. */
        BOOT("boot"),
        /** It is waited for until it answers. */
        SSH("wait for SSH"),
        /** Host name, networks and folders. */
        SET_UP("set up guest"),
        /** A provisioner. */
        PROVISIONER("provisioner"),
        /** Anything else: triggers, what a sample brings. */
        OTHER("");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What people read. */
        public String words() {
            return words;
        }
    }

    /** The step that a phase other than a provisioner belongs to. */
    public static StepKey of(Phase phase) {
        return switch (phase.kind()) {
            case RESOLVE, COPY -> plain(Kind.PREPARE);
            case LOAD -> phase.machine().isEmpty() ? plain(Kind.PREPARE) : plain(Kind.IMPORT);
            case BOX, CREATE -> plain(Kind.IMPORT);
            case BOOT -> plain(Kind.BOOT);
            case SSH -> plain(Kind.SSH);
            case SET_UP -> plain(Kind.SET_UP);
            default -> new StepKey(Kind.OTHER, 0, phase.words());
        };
    }

    /** The only step of its sort. */
    public static StepKey plain(Kind kind) {
        return new StepKey(kind, 0, "");
    }

    /** A provisioner at a place of the Vagrantfile, from 1. */
    public static StepKey provisioner(int position) {
        return new StepKey(Kind.PROVISIONER, position, "");
    }

    /** A provisioner that has no place in the Vagrantfile as it is now. */
    public static StepKey former(Phase.Provisioner provisioner) {
        return new StepKey(Kind.PROVISIONER, 0, provisioner.words() + " " + provisioner.position());
    }
}
