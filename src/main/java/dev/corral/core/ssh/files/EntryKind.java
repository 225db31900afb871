package dev.corral.core.ssh.files;

/** What a name in a guest's folder stands for. */
public enum EntryKind {
    /** An ordinary file. */
    FILE("file"),
    /** A folder. */
    FOLDER("folder"),
    /** A symbolic link. */
    LINK("link"),
    /** A character device; never opened. */
    DEVICE("device"),
    /** A block device; never opened. */
    BLOCK_DEVICE("block device"),
    /** A named pipe; never opened, since that would wait for its other end. */
    PIPE("pipe"),
    /** A socket; never opened. */
    SOCKET("socket"),
    /** Anything else, or nothing: what a broken link leads to. */
    OTHER("nothing");

    private static final int FORMAT = 0xf000;

    private final String word;

    EntryKind(String word) {
        this.word = word;
    }

    /** The word shown. */
    public String word() {
        return word;
    }

    /** By the mode that stat(2) gives. */
    static EntryKind of(int mode) {
        return switch (mode & FORMAT) {
            case 0x8000 -> FILE;
            case 0x4000 -> FOLDER;
            case 0xa000 -> LINK;
            case 0x2000 -> DEVICE;
            case 0x6000 -> BLOCK_DEVICE;
            case 0x1000 -> PIPE;
            case 0xc000 -> SOCKET;
            default -> OTHER;
        };
    }

    /** By the letter that find(1) gives; a link that leads to nothing or in a circle has one of its own. */
    static EntryKind ofFind(String letter) {
        return switch (letter) {
            case "f" -> FILE;
            case "d" -> FOLDER;
            case "l" -> LINK;
            case "c" -> DEVICE;
            case "b" -> BLOCK_DEVICE;
            case "p" -> PIPE;
            case "s" -> SOCKET;
            default -> OTHER;
        };
    }
}
