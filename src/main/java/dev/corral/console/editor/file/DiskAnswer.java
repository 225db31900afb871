package dev.corral.console.editor.file;

import dev.corral.console.editor.file.Disk.Changed;

/** What is done when the disk has something else than the editor has read. */
public sealed interface DiskAnswer {

    /** Nothing: the texts are equal, whatever happened. */
    record Nothing() implements DiskAnswer {}

    /**
     * The disk's text is shown: nothing else would be lost.
     *
     * @param disk what is there
     */
    record Reload(Changed disk) implements DiskAnswer {}

    /**
     * Both changes are joined, since they touch different lines.
     *
     * @param disk what is there
     * @param text both
     */
    record Merge(Changed disk, String text) implements DiskAnswer {}

    /**
     * The user is asked.
     *
     * @param disk what is there
     */
    record Ask(Changed disk) implements DiskAnswer {}

    /** The file has gone; the text is all that is left of it. */
    record Gone() implements DiskAnswer {}

    /**
     * It can not be read any more.
     *
     * @param why a plain sentence
     */
    record Unreadable(String why) implements DiskAnswer {}

    /**
     * Decides. Pure.
     *
     * @param base what was read or saved last
     * @param mine what the editor has
     * @param disk what is there now
     */
    static DiskAnswer to(String base, String mine, Disk disk) {
        return switch (disk) {
            case Disk.Same same -> new Nothing();
            case Disk.Gone gone -> new Gone();
            case Disk.Unreadable unreadable -> new Unreadable(unreadable.why());
            case Changed changed -> {
                String theirs = changed.content().text();
                if (mine.equals(base) || mine.equals(theirs)) {
                    yield new Reload(changed);
                }
                ThreeWay merged = ThreeWay.merge(base, mine, theirs);
                yield merged.conflicts() ? new Ask(changed) : new Merge(changed, merged.text());
            }
        };
    }
}
