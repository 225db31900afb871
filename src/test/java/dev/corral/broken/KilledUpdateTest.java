package dev.corral.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.cli.CorralProcess;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.CodeRenewal;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.VagrantProcesses;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import dev.corral.core.vagrantfile.hook.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Corral is killed while a sandbox gets other code, and while that runs; whoever comes next is told the truth. Stub provider. */
@Tag("unit")
@Timeout(600)
class KilledUpdateTest extends OverStub {
    private static final int PARTS = 300;

    private Path vagrantfile;
    private String sandbox;

    // Many files, so that bringing them in takes a while.
    private void write(String says) throws IOException {
        Path parts = Files.createDirectories(vagrantfile.resolveSibling("parts"));
        for (int part = 0; part < PARTS; part++) {
            Files.writeString(parts.resolve("part-" + part + ".txt"), says + " " + part);
        }
        Files.writeString(
                vagrantfile,
                String.join(
                        "\n",
                        "require_relative 'stub'",
                        "Stub.world = ENV.fetch('STUB_WORLD')",
                        "Stub.verbs = true",
                        "Stub.pace = 2.0 if File.exist?(File.join(Stub.world, 'slowly'))",
                        "Vagrant.configure('2') do |config|",
                        "  config.vm.provider :stub",
                        "  said = Dir.glob(File.join(__dir__, 'parts/*.txt')).map { |part| File.read(part) }",
                        "  config.vm.provision 'app', type: :local, says: said.first",
                        "  config.vm.provision 'end', type: :local, says: 'all there'",
                        "end",
                        ""));
    }

    private List<OperationView> operations() {
        return stub.sandbox(sandbox).operations();
    }

    private List<Difference> differences() {
        return stub.corral().operations().differences(sandbox, Optional.empty());
    }

    private boolean renewing() {
        return CodeRenewal.pending(stub.files(sandbox));
    }

    // All parts are of one time.
    private List<String> words() throws IOException {
        Path parts = stub.files(sandbox).directory().resolve("parts");
        try (Stream<Path> all = Files.list(parts)) {
            return all.map(KilledUpdateTest::read)
                    .map(text -> text.split(" ")[0])
                    .distinct()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theNextOneTellsTheTruthAndEndsWhatWasBegun() throws Exception {
        vagrantfile = stub.vagrantfile("single");
        write("first");
        sandbox = stub.start(StartRequest.of(vagrantfile).withPin(true));
        killedWhileTheCodeComes();
        twoAtOnceAreOneAfterTheOther();
        killedWhileItRuns();
        endedWhileItIsPutBack("INT");
        endedWhileItIsPutBack("TERM");
        endedWhileItIsPutBack("KILL");
        stub.destroy(sandbox);
    }

    private void killedWhileTheCodeComes() throws Exception {
        write("second");
        CorralProcess update =
                CorralProcess.start(stub.environment().variables(), new byte[0], "update", "--force", sandbox);
        update.until(this::renewing);
        update.kill();
        assertThat(operations().getLast().kind()).isEqualTo(OperationKind.UPDATE_CODE);
        assertThat(operations().getLast().interrupted()).isTrue();
        assertThat(stub.sandbox(sandbox).state()).isEqualTo(SandboxState.READY);
        List<String> said = new ArrayList<>();
        StubWorld.await(stub.corral()
                .operations()
                .run(sandbox, "", MachineVerb.provision(Selection.only(1)), line -> said.add(line.text())));
        assertThat(said).anyMatch(line -> line.contains("second "));
        assertThat(words()).containsExactly("second");
        assertThat(renewing()).isFalse();
    }

    private void twoAtOnceAreOneAfterTheOther() throws Exception {
        write("third");
        List<Operation> both = List.of(
                stub.corral().operations().updateCode(sandbox, Optional.empty(), update -> {}),
                stub.corral().operations().updateCode(sandbox, Optional.empty(), update -> {}));
        List<Throwable> failures = new ArrayList<>();
        for (Operation one : both) {
            Throwable failure = StubWorld.failure(one);
            if (failure != null) {
                failures.add(failure);
            }
        }
        assertThat(failures).hasSizeLessThan(2).allSatisfy(failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        ExpectedFailure.class, busy -> assertThat(busy.kind()).isEqualTo(ExpectedFailure.Kind.BUSY)));
        assertThat(words()).containsExactly("third");
    }

    private void killedWhileItRuns() throws Exception {
        write("fourth");
        Path steps = temp.resolve("world/steps-" + sandbox);
        Files.writeString(temp.resolve("world/slowly"), "");
        CorralProcess provision = CorralProcess.start(
                stub.environment().variables(),
                new byte[0],
                "provision",
                "--force",
                "--update",
                "--from",
                "1",
                sandbox);
        provision.until(() -> Files.exists(steps));
        provision.kill();
        Files.delete(temp.resolve("world/slowly"));
        assertThat(operations().getLast().kind()).isEqualTo(OperationKind.PROVISION);
        assertThat(operations().getLast().interrupted()).isTrue();
        assertThat(words()).containsExactly("fourth");
        assertThat(differences())
                .as("what was cut off does not count as done")
                .extracting(Difference::needs, Difference::provisioner)
                .contains(tuple(Needs.PROVISION, 1));
        StubWorld.until(
                () -> VagrantProcesses.anyIn(stub.files(sandbox).directory()).isEmpty());
        StubWorld.await(
                stub.corral().operations().run(sandbox, "", MachineVerb.provision(Selection.from(1)), line -> {}));
        assertThat(differences())
                .as("the file that held it up is gone, and no VM needs anything for that")
                .allMatch(difference -> difference.needs() == Needs.NOTHING);
    }

    // A guest with a share has changed everything; who puts it back is ended in the middle.
    private void endedWhileItIsPutBack(String signal) throws Exception {
        Path root = stub.files(sandbox).directory();
        Path evidence = temp.resolve("evaluated");
        for (int part = 0; part < PARTS; part++) {
            Files.writeString(root.resolve("parts/part-" + part + ".txt"), "foreign " + part);
        }
        Files.writeString(root.resolve("Vagrantfile"), "File.write('" + evidence + "', '')\n");
        CorralProcess provision = CorralProcess.start(
                stub.environment().variables(), new byte[0], "provision", "--changed", "restore", sandbox);
        provision.until(() -> !read(root.resolve("parts/part-0.txt")).startsWith("foreign"));
        provision.signal(signal);
        provision.await();
        StubWorld.until(() -> VagrantProcesses.anyIn(root).isEmpty());
        CorralProcess.Ended again =
                CorralProcess.run(stub.environment().variables(), "provision", "--changed", "restore", sandbox);
        assertThat(again.exitCode()).as(signal + ": " + again).isZero();
        assertThat(words()).as(signal).containsExactly("fourth");
        assertThat(SandboxCode.changed(stub.files(sandbox))).as(signal).isEmpty();
        assertThat(evidence).as(signal).doesNotExist();
    }
}
