package dev.corral.core.ssh;

import java.io.IOException;

/** A file in a guest could not be read or written, for a reason that an operating system has a name for. */
public final class GuestFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The reasons, by their names in errno.h. */
    public enum Reason {
        /** There is no such file or directory. */
        ENOENT("No such file or directory"),
        /** The user may not. */
        EACCES("Permission denied"),
        /** It is a directory. */
        EISDIR("Is a directory"),
        /** A part of the path is no directory. */
        ENOTDIR("Not a directory"),
        /** Links that lead in a circle. */
        ELOOP("Too many levels of symbolic links"),
        /** The name is too long for the file system. */
        ENAMETOOLONG("File name too long"),
        /** The guest's disk is full. */
        ENOSPC("No space left on device"),
        /** The file system is read-only. */
        EROFS("Read-only file system"),
        /** The file is larger than the reader wants it. */
        EFBIG("File too large"),
        /** Anything else. */
        EIO("Input/output error");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The C library's words for it. */
        public String text() {
            return text;
        }

        /** The reason that a program's message ends with. */
        static Reason in(String message) {
            for (Reason reason : values()) {
                if (message.contains(reason.text)) {
                    return reason;
                }
            }
            return EIO;
        }
    }

    private final Reason reason;

    GuestFileException(Reason reason, String path, String said) {
        super(path + ": " + (reason == Reason.EIO && !said.isEmpty() ? said : reason.text()));
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
