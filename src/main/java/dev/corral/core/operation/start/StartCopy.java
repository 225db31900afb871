package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** The part of a start that copies. */
public final class StartCopy {
    private StartCopy() {}

    public static Collection<Path> files(Path vagrantfile) {
        try {
            return CopyRule.files(vagrantfile, OrdinaryFile.text(vagrantfile));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "A file beside the Vagrantfile that belongs to it can't be read: " + e.getMessage() + ".",
                    "Give yourself read access to it, or leave it out with a line !NAME in " + CopyRule.OWN_LIST + ".",
                    e);
        }
    }
}
