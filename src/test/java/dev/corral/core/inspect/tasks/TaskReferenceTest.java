package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TaskReferenceTest {
    @TempDir
    Path folder;

    @Test
    void splitsFileAndTask() {
        TaskReference reference = TaskReference.parse("evals/web.py@find_flag");

        assertThat(reference.file()).isEqualTo(Path.of("evals/web.py"));
        assertThat(reference.task()).contains("find_flag");
        assertThat(reference).hasToString("evals/web.py@find_flag");
    }

    @Test
    void takesAFileWithoutATaskWhole() {
        assertThat(TaskReference.parse("evals.py").task()).isEmpty();
        assertThat(TaskReference.parse("evals.py@").task()).isEmpty();
        assertThat(TaskReference.parse("@task").task()).isEmpty();
    }

    @Test
    void letsAnExistingPathHoldAnAt() throws IOException {
        Path odd = Files.createFile(
                Files.createDirectory(folder.resolve("me@home")).resolve("evals@2.py"));

        assertThat(TaskReference.parse(odd.toString())).isEqualTo(new TaskReference(odd, Optional.empty()));
        assertThat(TaskReference.parse(odd + "@first").file()).isEqualTo(odd);
        assertThat(TaskReference.parse(odd + "@first").task()).contains("first");
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatThrownBy(() -> TaskReference.parse(" ")).isInstanceOf(ExpectedFailure.class);
        assertThatThrownBy(() -> TaskReference.parse("a\0b")).isInstanceOf(ExpectedFailure.class);
    }
}
