package dev.corral.console.editor.file;

/** What of an edited file is on the disk now. */
public sealed interface Disk {

    /** What was read or saved last. */
    record Same() implements Disk {}

    /**
     * Something else.
     *
     * @param content what stands there now
     * @param hash    of its bytes
     */
    record Changed(FileText content, String hash) implements Disk {}

    /** Nothing. */
    record Gone() implements Disk {}

    /**
     * Something that can not be edited.
     *
     * @param why a plain sentence
     */
    record Unreadable(String why) implements Disk {}
}
