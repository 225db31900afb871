package dev.corral.console.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.console.editor.file.DiskAnswer;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a save, and what is not. */
@Tag("unit")
class SavingTest {
    private final List<String> told = new ArrayList<>();
    private final Saving saving = new Saving((file, before, after) -> told.add(before + " " + after));

    @TempDir
    Path folder;

    @Test
    void aSaveIsToldWithWhatItWroteOver() throws Exception {
        EditedFile file = EditedFile.open(Files.writeString(folder.resolve("Vagrantfile"), "one"));
        String first = file.hash();
        assertThat(saving.save(file, "two")).isEqualTo(new DiskAnswer.Nothing());
        assertThat(file.path()).hasContent("two");
        assertThat(told).containsExactly(first + " " + file.hash());
        assertThat(file.hash()).isNotEqualTo(first);
    }

    @Test
    void whatSomebodyElseWroteIsNeitherOverwrittenNorTold() throws Exception {
        EditedFile file = EditedFile.open(Files.writeString(folder.resolve("Vagrantfile"), "one\n"));
        Files.writeString(file.path(), "theirs\n");
        assertThat(saving.save(file, "mine\n")).isInstanceOf(DiskAnswer.Ask.class);
        assertThat(file.path()).hasContent("theirs");
        assertThat(told).isEmpty();
    }

    @Test
    void whatHasGoneIsWrittenAgain() throws Exception {
        EditedFile file = EditedFile.open(Files.writeString(folder.resolve("Vagrantfile"), "one"));
        Files.delete(file.path());
        assertThat(saving.save(file, "two")).isEqualTo(new DiskAnswer.Nothing());
        assertThat(file.path()).hasContent("two");
        assertThat(told).hasSize(1);
    }

    @Test
    void aSaveThatFailsIsNotTold() throws Exception {
        EditedFile file = EditedFile.open(Files.writeString(folder.resolve("Vagrantfile"), "one"));
        assertThat(file.path().toFile().setReadOnly()).isTrue();
        assertThatThrownBy(() -> saving.save(file, "two")).isInstanceOf(ExpectedFailure.class);
        assertThat(file.path()).hasContent("one");
        assertThat(told).isEmpty();
    }
}
