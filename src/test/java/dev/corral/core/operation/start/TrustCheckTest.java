package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.CopyEntry;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is not what Vagrant was asked about boots nothing. */
@Tag("unit")
class TrustCheckTest {
    private static final String OF_TEXT = "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1";

    @TempDir
    Path folder;

    @Test
    void whatWasCopiedIsWhatWasRead() throws Exception {
        Path file = Files.writeString(folder.resolve("helper.rb"), "text");
        TrustCheck check = new TrustCheck(Optional.of(new TrustGiven(ReadFiles.now(file), read -> {})));
        CopyPlan plan = new CopyPlan(
                Path.of("Vagrantfile"),
                List.of(
                        new CopyEntry(file, Path.of("helper.rb"), CopyEntry.Kind.FILE, 4, Optional.empty()),
                        new CopyEntry(
                                folder.resolve("data"), Path.of("data"), CopyEntry.Kind.FILE, 4, Optional.empty())),
                List.of(),
                0,
                List.of(),
                Optional.empty());
        assertThatCode(() -> check.copied(plan, copied(OF_TEXT))).doesNotThrowAnyException();
        CopiedFiles other = copied(OF_TEXT.replace('9', '8'));
        assertThatThrownBy(() -> check.copied(plan, other))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("What was copied is not what Vagrant was asked about: " + file
                        + " has changed since you said that the Vagrantfile may run.");
        assertThatCode(() -> new TrustCheck(Optional.empty()).copied(plan, other))
                .as("who names a file on the command line has said so")
                .doesNotThrowAnyException();
    }

    private static CopiedFiles copied(String helper) {
        return new CopiedFiles(Map.of(
                "helper.rb",
                new CopiedFiles.Copied(4, helper, null),
                "data",
                new CopiedFiles.Copied(4, OF_TEXT.replace('9', '7'), null)));
    }
}
