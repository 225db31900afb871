package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.PlainText;
import java.nio.file.Path;

/**
 * Something that a user should know about a copy, since the sandbox differs there from the project.
 *
 * @param kind   what kind of thing it is
 * @param path   the original, absolute
 * @param reason what there is to say about it: goes on where the path ends
 */
public record CopyNote(Kind kind, Path path, String reason) {
    private static final int LONGEST = 300;

    /** The kinds. */
    public enum Kind {
        /** Not copied: it is used where it lies, by the sandbox too. */
        ORIGINAL,
        /** Not copied: a line of the user's own list leaves it out. */
        LEFT_OUT,
        /** Copied whole, though nothing names what is needed of it. */
        WHOLE,
        /** Not copied: its name was seen in a listing or found by a glob, and it is too large or never copied. */
        LISTED,
        /** Not copied: Vagrant's state of the original, or Corral's own. */
        STATE,
        /** Not copied: it can not be read. */
        UNREADABLE,
        /** Not copied: a socket, a pipe, a device, or a file that the system makes up. */
        SPECIAL,
        /** Copied, but it changed meanwhile, so that the copy may be neither the old content nor the new. */
        CHANGED,
        /** Not copied: it vanished after it was planned. */
        VANISHED,
        /** A line of the user's own list that matches nothing. */
        LINE,
        /** Not copied: another file has its place, since the Vagrantfile is a link to a folder far away. */
        DOUBLE,
        /** In the sandbox it has another name, and a listing of the folder above shows that. */
        RENAMED
    }

    /** The whole, on one line and fit to be shown. */
    public String sentence() {
        return PlainText.line(path.toString(), LONGEST) + " " + PlainText.line(reason, LONGEST) + ".";
    }
}
