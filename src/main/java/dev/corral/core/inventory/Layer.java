package dev.corral.core.inventory;

/** Where something is known: the layers that an inventory joins. */
public enum Layer {
    /** A directory of the sandbox cache. */
    CACHE("cache"),
    /** An id in a {@code .vagrant} directory. */
    VAGRANT("vagrant"),
    /** Vagrant's machine index. */
    INDEX("index"),
    /** A hypervisor. */
    HYPERVISOR("hypervisor"),
    /** A run of Inspect that is alive. */
    INSPECT("inspect");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    /** The word shown to people and printed in JSON. */
    public String word() {
        return word;
    }
}
