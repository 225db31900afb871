package dev.corral.core.inventory;

/** What sort of thing an item of the inventory is. */
public enum ItemKind {
    /** A directory of the cache with its VMs. */
    SANDBOX("sandbox"),
    /** A VM at a hypervisor that belongs to no directory of the cache. */
    MACHINE("vm"),
    /** An entry of Vagrant's machine index that belongs to no directory of the cache. */
    INDEX_ENTRY("index entry"),
    /** A disk in a storage pool that no VM uses. */
    VOLUME("volume"),
    /** A box's copy in a storage pool. */
    BOX_COPY("box copy"),
    /** A network that no VM uses. */
    NETWORK("network"),
    /** A directory or link in the cache directory that is no sandbox. */
    FOLDER("folder");

    private final String word;

    ItemKind(String word) {
        this.word = word;
    }

    /** The word shown to people and printed in JSON (with {@code _} for a space there). */
    public String word() {
        return word;
    }
}
