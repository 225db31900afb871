package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.SampleContents;
import dev.corral.core.inspect.tasks.SampleContents.SampleFile;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.vagrant.PhaseKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files and setup of a sample, brought in through a real sshd. */
@Tag("unit")
@Timeout(120)
class SamplePreparationTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection guest;

    @TempDir
    Path own;

    private final List<String> story = new ArrayList<>();
    private final List<SampleFile> files = new ArrayList<>();
    private Path setupLog;

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
    }

    @AfterAll
    static void stop() {
        guest.close();
        sshd.close();
    }

    @BeforeEach
    void folder() throws Exception {
        Files.createDirectories(own.resolve("contents"));
        setupLog = Files.createFile(own.resolve("setup.log"));
    }

    private SampleFile content(String target, String text) throws Exception {
        Path file = Files.writeString(
                own.resolve("contents").resolve(Integer.toString(files.size()) + (target.isEmpty() ? "s" : "")), text);
        return new SampleFile(target, file, Files.size(file));
    }

    private void file(String target, String text) throws Exception {
        files.add(content(target, text));
    }

    private Throwable bring(String setup, Duration limit) throws Exception {
        SampleContents contents = new SampleContents(
                files,
                setup.isEmpty() ? Optional.empty() : Optional.of(content("", setup)),
                limit,
                own.resolve("contents"));
        return catchThrowable(() -> {
            try (Preparation preparation = new SamplePreparation(contents, (sandbox, machine) -> {
                story.add("connect " + machine);
                return guest;
            })) {
                preparation.bring(
                        "0a1b2c3d",
                        List.of("attacker-0a1b2c3d", "victim-0a1b2c3d"),
                        "attacker-0a1b2c3d",
                        new Preparation.Story() {
                            @Override
                            public void phase(String machine, PhaseKind phase) {
                                story.add(phase.words() + " " + machine);
                            }

                            @Override
                            public Path logged(String machine, PhaseKind phase, String name) {
                                story.add(phase.words() + " " + machine);
                                return setupLog;
                            }
                        });
            }
        });
    }

    @Test
    void eachFileGoesToItsMachineInOrderAndTheScriptRunsLast() throws Exception {
        file(own.resolve("new/a").toString(), "a");
        file("victim:" + own.resolve("b"), "b");
        file("victim-0a1b2c3d:" + own.resolve("with:colon"), "");
        file("default:" + own.resolve("new/a"), "second");
        Throwable failure = bring(
                "#!/bin/sh\nset -e\ncat " + own + "/new/a >" + own + "/seen\nrm " + own
                        + "/b\necho told; echo off >&2\npwd >" + own + "/cwd\necho \"$0\" >" + own + "/self\n",
                Duration.ofSeconds(30));
        assertThat(failure).isNull();
        assertThat(own.resolve("seen")).hasContent("second");
        assertThat(own.resolve("with:colon")).isEmptyFile();
        assertThat(own.resolve("b")).doesNotExist();
        assertThat(story)
                .filteredOn(step -> !step.startsWith("connect"))
                .containsExactly(
                        "copy files attacker-0a1b2c3d", "copy files victim-0a1b2c3d", "run setup attacker-0a1b2c3d");
        assertThat(story)
                .filteredOn(step -> step.startsWith("connect"))
                .containsExactly(
                        "connect attacker-0a1b2c3d",
                        "connect victim-0a1b2c3d",
                        "connect victim-0a1b2c3d",
                        "connect attacker-0a1b2c3d",
                        "connect attacker-0a1b2c3d");
        assertThat(setupLog).content().contains("told").contains("off");
        assertThat(own.resolve("cwd")).hasContent(System.getProperty("user.home"));
        assertThat(Path.of(Files.readString(own.resolve("self")).strip()))
                .as("the script")
                .doesNotExist();
        assertThat(own.resolve("contents")).doesNotExist();
    }

    @Test
    void aNameOfNoMachineStopsAtItsFile() throws Exception {
        file(own.resolve("first").toString(), "x");
        file("web:/x\u001b[2J", "x");
        file(own.resolve("third").toString(), "x");
        Throwable failure = bring("#!/bin/sh\ntouch " + own + "/ran", Duration.ofSeconds(30));
        assertThat(failure)
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("Copying files")
                .hasMessageContaining("web:/x")
                .hasMessageContaining("default, attacker-0a1b2c3d, victim-0a1b2c3d, attacker, victim")
                .message()
                .doesNotContain("\u001b");
        assertThat(own.resolve("first")).exists();
        assertThat(own.resolve("third")).doesNotExist();
        assertThat(own.resolve("ran")).doesNotExist();
    }

    @Test
    void aFileThatCanNotBeWrittenIsNamedWithItsMachine() throws Exception {
        file("victim:" + own, "x");
        assertThat(bring("", Duration.ofSeconds(30)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("victim-0a1b2c3d")
                .hasMessageContaining("Is a directory");
    }

    @Test
    void aScriptThatFailsTellsItsLastLines() throws Exception {
        Throwable failure = bring(
                "#!/bin/sh\ni=0; while [ $i -lt 4000 ]; do echo line $i; i=$((i+1)); done; printf 'bro\\033[31mken\\n' >&2; exit 7",
                Duration.ofSeconds(30));
        assertThat(failure).isInstanceOfSatisfying(ExpectedFailure.class, known -> {
            assertThat(known)
                    .hasMessageContaining("Running setup")
                    .hasMessageContaining("exit code 7")
                    .hasMessageContaining("attacker-0a1b2c3d");
            assertThat(known.details().lines()).hasSize(20).contains("broken").contains("line 3999");
        });
        assertThat(Files.readString(setupLog, StandardCharsets.UTF_8)).contains("line 0\n");
    }

    @Test
    void aScriptWithoutEndIsStoppedAndSoIsWhatItStarted() throws Exception {
        Throwable failure = bring("#!/bin/sh\n(sleep 5; touch " + own + "/late) &\nsleep 60", Duration.ofSeconds(1));
        assertThat(failure).isInstanceOf(ExpectedFailure.class).hasMessageContaining("longer than 1 s");
        Thread.sleep(5_500);
        assertThat(own.resolve("late")).doesNotExist();
    }

    @Test
    void theScriptRunsWithTheMachinesOwnPathAndItsFirstLine() throws Exception {
        assertThat(bring(
                        "#!/usr/bin/env bash\n[[ a == a* ]] && echo \"$PATH\" >" + own + "/path",
                        Duration.ofSeconds(30)))
                .isNull();
        assertThat(own.resolve("path"))
                .hasContent(guest.exec(dev.corral.core.ssh.exec.ExecRequest.of("sh", "-c", "echo $PATH"))
                        .stdoutText()
                        .strip());
    }

    @Test
    void moreThanTheLogTakesIsLeftOut() throws Exception {
        assertThat(bring(
                        "#!/bin/sh\nhead -c 12000000 /dev/zero | tr '\\0' x; echo; echo last >&2; exit 1",
                        Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(ExpectedFailure.class, known -> assertThat(known.details())
                        .contains("last"));
        assertThat(Files.size(setupLog)).isBetween(10L << 20, (10L << 20) + 100);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(setupLog)))
                .doesNotContain("x");
    }
}
