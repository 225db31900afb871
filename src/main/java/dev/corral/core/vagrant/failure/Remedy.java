package dev.corral.core.vagrant.failure;

/**
 * Something that can be done about a failure at once. What changes anything is only offered.
 *
 * @param kind     what is done
 * @param argument what it is done with: a plugin, a port, a box; empty where nothing needs to be said
 */
public record Remedy(Kind kind, String argument) {
    /** What can be done. Written into journals, so the words stay. */
    public enum Kind {
        /** Try the same again. */
        UP,
        /** Restart the machine. */
        RELOAD,
        /** Run the provisioners again, from the one that failed on. */
        PROVISION,
        /** Destroy the machine and start anew. */
        DESTROY_AND_UP,
        /** Install the plugin. */
        INSTALL_PLUGIN,
        /** Mend the plugins with {@code vagrant plugin repair}. */
        REPAIR_PLUGINS,
        /** Remove the box and fetch it again. */
        FETCH_BOX_AGAIN,
        /** Show who uses the port. */
        FREE_PORT,
        /** Look for what fills the disk. */
        FREE_SPACE,
        /** Show the machine's console. */
        SHOW_CONSOLE,
        /** Give the script Unix line ends. */
        UNIX_LINE_ENDS,
        /** Wait until another Vagrant is done. */
        WAIT,
        /** Fetch the box by itself. */
        ADD_BOX,
        /** Start the hypervisor's network, which is off. */
        START_NETWORK,
        /** Start the hypervisor's storage pool, which is off. */
        START_POOL,
        /** See what this computer lacks. */
        DOCTOR;

        /** Whether it installs or starts something on this computer: only Vagrant's own words may lead to that, never a guest's. */
        public boolean changesThisComputer() {
            return switch (this) {
                case INSTALL_PLUGIN, REPAIR_PLUGINS, FETCH_BOX_AGAIN, ADD_BOX, START_NETWORK, START_POOL -> true;
                case UP,
                        RELOAD,
                        PROVISION,
                        DESTROY_AND_UP,
                        FREE_PORT,
                        FREE_SPACE,
                        SHOW_CONSOLE,
                        UNIX_LINE_ENDS,
                        WAIT,
                        DOCTOR -> false;
            };
        }
    }

    /** One that needs nothing said. */
    static Remedy of(Kind kind) {
        return new Remedy(kind, "");
    }
}
