package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.GuestFileException;

/** What goes wrong with a guest's files, in plain sentences. Pure. */
final class FolderFailures {
    private static final int LONGEST = 300;

    private FolderFailures() {}

    static String shown(String path) {
        return PlainText.line(path, LONGEST);
    }

    /**
     * By what a program of the guest said.
     *
     * @param user who wanted it
     */
    static ExpectedFailure of(String path, String user, String said) {
        String shown = shown(path);
        if (said.contains("Permission denied") || said.contains("Operation not permitted")) {
            return ExpectedFailure.failed(
                            "Permission denied for " + user + ": " + shown + ".",
                            user.equals("root") ? "" : "Try it as root.")
                    .withDetails(said);
        }
        if (said.contains("No such file or directory")) {
            return ExpectedFailure.notFound("It is not there any more: " + shown, "Look at the folder again.");
        }
        if (said.contains("Not a directory") || said.contains("can't cd to")) {
            return ExpectedFailure.failed("This is no folder that can be looked into: " + shown, "Choose another one.")
                    .withDetails(said);
        }
        if (said.contains("No space left on device")) {
            return ExpectedFailure.failed(
                    "The guest's disk is full, so " + shown + " could not be written.", "Free some space in it.");
        }
        if (said.contains("Read-only file system")) {
            return ExpectedFailure.failed("It lies on a file system that is read only: " + shown, "");
        }
        return ExpectedFailure.failed(
                        "It did not work: " + shown,
                        said.isBlank() ? "The guest did not say why." : "Look at what the guest said.")
                .withDetails(said);
    }

    static ExpectedFailure of(String path, String user, GuestFileException e) {
        return of(
                path,
                user,
                e.reason() == GuestFileException.Reason.EIO
                        ? String.valueOf(e.getMessage())
                        : e.reason().text());
    }

    static ExpectedFailure notOrdinary(String path) {
        return ExpectedFailure.failed(
                "This is no ordinary file, so it is not opened: " + shown(path),
                "Devices, pipes and sockets are for programs in the guest.");
    }

    static ExpectedFailure tooLarge(String path, long limit) {
        return ExpectedFailure.failed(
                "It is larger than " + size(limit) + ": " + shown(path), "Download it and open it in a program here.");
    }

    static String size(long bytes) {
        return bytes >= 1L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
