package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;

/** Paths in a guest: text, never looked up here. Pure. */
public final class GuestPaths {
    private static final int LONGEST = 4095;

    private GuestPaths() {}

    /** The path of a name in a folder. */
    public static String child(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /** The folder that holds it; {@code /} for itself. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The last name of a path; {@code /} for the root. */
    public static String name(String path) {
        return path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether a guest may have a file of that name in a folder: none that leads elsewhere. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
    }

    /**
     * A name that a person has typed.
     *
     * @throws ExpectedFailure if no file can have it
     */
    public static String typed(String name) {
        if (!isName(name) || name.length() > 255) {
            throw ExpectedFailure.usage(
                    "No file can have this name.",
                    "A name has no slash, is neither . nor .., and has 255 characters at most.");
        }
        return name;
    }

    /**
     * An absolute path.
     *
     * @throws ExpectedFailure if it is none
     */
    static String absolute(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.length() > LONGEST) {
            throw ExpectedFailure.usage("This is no absolute path of a guest.", "It begins with a slash.");
        }
        return path;
    }
}
