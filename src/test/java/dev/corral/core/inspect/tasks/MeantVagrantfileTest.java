package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class MeantVagrantfileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileOfRubyAndAFolderWithNothingElseAreMeant() throws Exception {
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "");
        assertThat(MeantVagrantfile.of(file)).contains(file);
        assertThat(MeantVagrantfile.of(folder)).contains(file);
        Path other = Files.writeString(folder.resolve("Vagrantfile.ci"), "");
        assertThat(MeantVagrantfile.of(other)).contains(other);
        Files.writeString(folder.resolve("evals.py"), "");
        assertThat(MeantVagrantfile.of(folder)).as("a folder of task files").isEmpty();
        assertThat(MeantVagrantfile.of(folder.resolve("evals.py"))).isEmpty();
        assertThat(MeantVagrantfile.of(folder.resolve("evals.py@basic"))).isEmpty();
    }

    @Test
    void whoTakesOneForATaskFileIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "");
        assertThatThrownBy(() -> new PythonTaskFiles(Environment.system()).load(file, Optional.empty()))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is a Vagrantfile, and no task file");
    }
}
