package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters are small shell scripts here: they answer the question for Inspect with their exit code. */
@Tag("unit")
@Tag("any_user")
class PythonLocatorTest {
    @TempDir
    Path folder;

    @Test
    void takesTheChosenPythonAndNoOther() throws IOException {
        Path chosen = interpreter("chosen/python", 0);
        Path other = interpreter("bin/python3", 0);

        assertThat(locate(Map.of(
                        "CORRAL_PYTHON",
                        chosen.toString(),
                        "PATH",
                        other.getParent().toString())))
                .isEqualTo(chosen);
    }

    @Test
    void saysThatTheChosenPythonHasNoInspect() throws IOException {
        Path chosen = interpreter("chosen/python", 1);
        Path other = interpreter("bin/python3", 0);

        assertThatThrownBy(() -> locate(Map.of(
                        "CORRAL_PYTHON",
                        chosen.toString(),
                        "PATH",
                        other.getParent().toString())))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("CORRAL_PYTHON")
                .hasMessageContaining(chosen.toString());
    }

    @Test
    void prefersTheActiveEnvironmentThenTheOneOfTheInspectCommand() throws IOException {
        Path active = interpreter("venv/bin/python", 0);
        Path ofInspect = interpreter("tools/bin/python3.13", 0);
        Path bin = Files.createDirectories(folder.resolve("bin"));
        executable(bin.resolve("inspect"), "#!" + ofInspect + "\nprint()\n");
        interpreter("bin/python3", 0);

        assertThat(locate(Map.of("VIRTUAL_ENV", folder.resolve("venv").toString(), "PATH", bin.toString())))
                .isEqualTo(active);
        assertThat(locate(Map.of("PATH", bin.toString()))).isEqualTo(ofInspect);
    }

    @Test
    void passesOverPythonsWithoutInspectAndEndsAtOurOwn() throws IOException {
        Path bin = interpreter("bin/python3", 1).getParent();
        Path own = interpreter("data/corral/python/bin/python", 0);

        assertThat(locate(Map.of(
                        "PATH",
                        bin.toString(),
                        "XDG_DATA_HOME",
                        folder.resolve("data").toString())))
                .isEqualTo(own);
    }

    @Test
    void saysWhereItLooked() throws IOException {
        Path bin = interpreter("bin/python3", 1).getParent();

        assertThatThrownBy(() -> locate(Map.of("PATH", bin.toString(), "XDG_DATA_HOME", folder.toString())))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure.nextStep()).contains("pip install inspect-ai");
                    assertThat(failure.details())
                            .contains(bin.resolve("python3").toString());
                });
    }

    @Test
    void readsOnlyPythonFromAFirstLine() throws IOException {
        Path python = interpreter("bin/python3.12", 0);

        assertThat(PythonLocator.interpreterOf(executable(folder.resolve("a"), "#!" + python + " -s\n")))
                .contains(python);
        assertThat(PythonLocator.interpreterOf(executable(folder.resolve("b"), "#!/usr/bin/env python3\n")))
                .isEmpty();
        assertThat(PythonLocator.interpreterOf(executable(folder.resolve("c"), "#!/bin/sh\n")))
                .isEmpty();
        assertThat(PythonLocator.interpreterOf(executable(folder.resolve("d"), "")))
                .isEmpty();
        assertThat(PythonLocator.interpreterOf(executable(folder.resolve("e"), "\u007FELF")))
                .isEmpty();
    }

    private Path locate(Map<String, String> variables) {
        return new PythonLocator(new Environment(variables)).locate();
    }

    private Path interpreter(String name, int exitCode) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return executable(file, "#!/bin/sh\nexit " + exitCode + "\n");
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
