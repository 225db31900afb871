package dev.corral.core.base;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Recognises a full disk behind an exception. */
public final class DiskFull {
    private DiskFull() {}

    public static boolean is(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    public static ExpectedFailure failure(Path where, @Nullable Throwable cause) {
        return ExpectedFailure.failed(
                "The disk that holds " + where + " is full.",
                "Free some space, or clean up sandboxes that nobody uses, then try again.",
                cause);
    }
}
