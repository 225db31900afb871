package dev.corral.core.inspect.log;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the locks lie that keep two of our scripts from changing one log at once. Inspect writes a log anew as a whole, so the later of two
 * would take away what the earlier wrote. They lie in the state directory: nothing strange beside the log.
 */
public final class LogLocks {
    private LogLocks() {}

    /**
     * The folder, which is there then.
     *
     * @throws ExpectedFailure if it can't be made
     */
    public static String folder(Environment environment) {
        Path folder = environment.userState().resolve("corral").resolve("log-locks");
        try {
            Files.createDirectories(folder, SafeFiles.privateDirectory());
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The folder " + folder + " can't be made, which keeps two from changing one log at once.",
                    "See that its disk has room and that you may write there.",
                    e);
        }
        return folder.toString();
    }
}
