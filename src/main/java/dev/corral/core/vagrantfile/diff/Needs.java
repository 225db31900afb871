package dev.corral.core.vagrantfile.diff;

import java.util.Locale;

/** What it takes until a machine is as its Vagrantfile says, the least first. */
public enum Needs {
    /** Nothing: it holds from the next Vagrant command on. */
    NOTHING,
    /** Its provisioners have to run, from one of them on. */
    PROVISION,
    /** It has to be shut down and booted. */
    RELOAD,
    /** It has to be destroyed and made anew. */
    DESTROY;

    /** The word in JSON and for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
