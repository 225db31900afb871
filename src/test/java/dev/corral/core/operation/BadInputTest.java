package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ExpectedFailure.Kind;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.sandbox.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that can't work: each a plain sentence with a next step, and nothing left behind. */
@Tag("unit")
@Timeout(180)
class BadInputTest extends OverStub {
    @AfterEach
    void nothingIsLeft() {
        assertThat(stub.directories()).isEmpty();
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void noVagrantfile() {
        ExpectedFailure failure = refused(StartRequest.of(temp.resolve("nowhere/Vagrantfile")));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageStartingWith("There is no Vagrantfile at ");
    }

    @Test
    void aFolderForAVagrantfile() {
        assertThat(refused(StartRequest.of(temp)).kind()).isEqualTo(Kind.USAGE);
    }

    @Test
    void aPipeOrADeviceForAVagrantfile() throws Exception {
        Path pipe = temp.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path odd : new Path[] {pipe, Path.of("/dev/zero")}) {
            assertThat(refused(StartRequest.of(odd)))
                    .hasMessage(odd + " is no ordinary file.")
                    .extracting(ExpectedFailure::kind)
                    .isEqualTo(Kind.USAGE);
        }
    }

    @Test
    void anUnreadableVagrantfile() {
        // Even root can't read this one.
        assertThat(refused(StartRequest.of(Path.of("/proc/self/mem")))).hasMessageContaining("can't be read");
    }

    @Test
    void aRubySyntaxError() throws Exception {
        ExpectedFailure failure = failed(StartRequest.of(Path.of("sample-vagrantfiles/broken-syntax/Vagrantfile")));
        assertThat(failure.getMessage()).matches("The Vagrantfile has a Ruby syntax error in line \\d+\\.");
        assertThat(failure.details()).contains("Vagrantfile");
        assertThat(stub.inventory().ended().getFirst().operation().flatMap(OperationView::failure))
                .hasValueSatisfying(view -> assertThat(view.vagrantfileLine()).isBetween(5, 9));
    }

    @Test
    void aRubyErrorWhileLoading() throws Exception {
        ExpectedFailure failure = failed(
                StartRequest.of(write("Vagrant.configure('2') do |config|\n  config.vm.define nil.upcase\nend\n")));
        assertThat(failure)
                .as(failure.details())
                .hasMessageStartingWith("The Vagrantfile stops with a Ruby error in line 2: undefined method");
    }

    @Test
    void aSettingThatVagrantDoesNotKnow() throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Files.writeString(
                vagrantfile,
                Files.readString(vagrantfile)
                        .replace("config.vm.provider :stub", "config.vm.provider :stub\n  config.vm.nonsense = 1"));
        assertThat(failed(StartRequest.of(vagrantfile))).hasMessage("There is no such setting: nonsense.");
    }

    @Test
    void noMachine() throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Files.writeString(
                vagrantfile,
                Files.readString(vagrantfile)
                        .replace(
                                "config.vm.provider :stub",
                                "config.vm.provider :stub\n  config.vm.define 'asleep', autostart: false"));
        assertThat(failed(StartRequest.of(vagrantfile))).hasMessage("The Vagrantfile starts no machine.");
    }

    @Test
    void anUnknownBox() throws Exception {
        // With a provider that every user has: others are asked before the box.
        Path vagrantfile = stub.vagrantfile("single");
        Files.writeString(
                vagrantfile,
                "Vagrant.configure('2') do |config|\n  config.vm.box = 'corral/no-such-box'\n"
                        + "  config.vm.box_url = 'file:///nowhere/no-such.box'\nend\n",
                StandardOpenOption.APPEND);
        ExpectedFailure failure = failed(StartRequest.of(vagrantfile));
        assertThat(failure).hasMessage("The box is to come from a file /nowhere/no-such.box that is not there.");
    }

    @Test
    void anUnknownProvider() throws Exception {
        StartRequest request = stub.request("single");
        assertThat(failed(new StartRequest(
                        request.vagrantfile(),
                        Optional.empty(),
                        Map.of(),
                        Optional.of("nosuch"),
                        false,
                        Manifest.Origin.none(),
                        Optional.empty(),
                        false)))
                .hasMessage("No provider on this machine can run it.");
    }

    @Test
    void noVagrant() {
        Path vagrantfile = stub.vagrantfile("single");
        try (StubWorld bare = new StubWorld(temp, Map.of("PATH", temp.toString()))) {
            ExpectedFailure failure = catchThrowableOfType(
                    ExpectedFailure.class, () -> bare.corral().operations().start(StartRequest.of(vagrantfile)));
            assertThat(failure).hasMessage("Vagrant is not installed, or not on this shell's PATH.");
            assertThat(failure.nextStep()).isNotEmpty();
        }
    }

    @Test
    void aVagrantThatIsTooOldOrDumb() throws Exception {
        assertThat(withVagrant("echo Vagrant 2.1.0")).hasMessage("Vagrant 2.1.0 is too old.");
        assertThat(withVagrant("echo oh; exit 3")).hasMessage("Vagrant does not tell its version.");
    }

    private Throwable withVagrant(String script) throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Files.deleteIfExists(bin.resolve("vagrant"));
        Files.createFile(
                bin.resolve("vagrant"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(bin.resolve("vagrant"), "#!/bin/sh\n" + script + "\n");
        try (StubWorld old = new StubWorld(temp, Map.of("PATH", bin + ":/usr/bin:/bin"))) {
            return old.failure(old.request("single"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VAGRANT_CWD", "VAGRANT_VAGRANTFILE", "VAGRANT_DOTFILE_PATH"})
    void variablesThatLeadVagrantAway(String name) {
        ExpectedFailure failure =
                refused(StubWorld.withEnvironment(stub.request("single"), Map.of(name, "/elsewhere")));
        assertThat(failure.kind()).isEqualTo(Kind.USAGE);
        assertThat(failure).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "many"})
    void aStrangeNumberOfStartSlots(String value) {
        Path vagrantfile = stub.vagrantfile("single");
        try (StubWorld other = new StubWorld(temp, Map.of("INSPECT_MAX_VAGRANT_STARTUPS", value))) {
            assertThat(catchThrowableOfType(
                            ExpectedFailure.class,
                            () -> other.corral().operations().start(StartRequest.of(vagrantfile))))
                    .hasMessageContaining("INSPECT_MAX_VAGRANT_STARTUPS is \"" + value + "\"");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createDirectories(temp.resolve("bad")).resolve("Vagrantfile"), text);
    }

    private ExpectedFailure refused(StartRequest request) {
        ExpectedFailure failure = catchThrowableOfType(
                ExpectedFailure.class, () -> stub.corral().operations().start(request));
        assertThat(failure.nextStep()).isNotEmpty();
        return failure;
    }

    private ExpectedFailure failed(StartRequest request) throws InterruptedException {
        Throwable failure = stub.failure(request);
        assertThat(failure).isInstanceOf(ExpectedFailure.class);
        assertThat(((ExpectedFailure) failure).nextStep()).isNotEmpty();
        return (ExpectedFailure) failure;
    }
}
