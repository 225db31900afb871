package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operation on a sandbox or one of its machines, which is in that sandbox's journal. */
public abstract class SandboxTask extends OperationTask {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxTask.class);
    private volatile SandboxFiles files;

    /** @param machine the machine's full name; empty means the whole sandbox */
    SandboxTask(OperationKind kind, SandboxFiles files, String machine) {
        super(kind, OperationTarget.of(files.id(), machine), OperationJournal.strict(new Journal(files.journal())));
        this.files = files;
    }

    @Override
    final Throwable known(Exception failed) {
        return DiskFull.is(failed) ? DiskFull.failure(files.directory(), failed) : unusable(failed);
    }

    /** The Vagrantfile that the sandbox was made from, as long as its manifest can be read. */
    @Override
    protected Optional<String> about() {
        try {
            return SandboxStore.manifest(files).map(Manifest::vagrantfile);
        } catch (IOException e) {
            LOG.debug("how long it usually takes can't be told", e);
            return Optional.empty();
        }
    }

    // Permissions and odd files are the operator's to mend, and no bug of ours.
    private Throwable unusable(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException known) {
                return ExpectedFailure.failed(
                        "Sandbox " + sandbox() + " can't be changed at "
                                + PlainText.line(String.valueOf(known.getFile()), 300) + ": "
                                + PlainText.line(reason(known), 200) + ".",
                        "Give yourself access to it, then try again.",
                        failure);
            }
        }
        return failure;
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "access is denied";
            case DirectoryNotEmptyException _ -> "it is not empty";
            case NoSuchFileException _ -> "it is not there";
            default -> String.valueOf(failure.getReason());
        };
    }

    /** The sandbox's files. */
    public final SandboxFiles files() {
        return files;
    }

    /** Vagrant's root lies elsewhere in the sandbox from now on; what is ours stays where it is. */
    final void files(SandboxFiles moved) {
        files = moved;
    }
}
