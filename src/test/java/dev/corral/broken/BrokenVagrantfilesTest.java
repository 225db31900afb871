package dev.corral.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrant.FailureExplainer;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.UpOutput;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.check.VagrantfileLanguage;
import dev.corral.core.vagrantfile.check.VagrantfileProblem;
import dev.corral.core.vagrantfile.syntax.SettingUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each fault it is known after two steps at most what it is, where it lies and what to do; where that needs no VM, none is started. */
@Tag("unit")
@Tag("once")
class BrokenVagrantfilesTest {
    // As that Vagrantfile has it.
    private static final String PORT = "21180";

    @TempDir
    private static Path temp;

    private static StubWorld world;

    @BeforeAll
    static void open() throws IOException {
        world = new StubWorld(temp);
        Path box = Files.createDirectories(temp.resolve("vagrant-home/boxes/corral-VAGRANTSLASH-debian/1/libvirt"));
        Files.writeString(box.resolve("metadata.json"), "{\"provider\": \"libvirt\"}");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static VagrantfileLanguage language() {
        return world.corral().language();
    }

    private static List<VagrantfileProblem> typed(String text) {
        return language().problems(Path.of("/lab/Vagrantfile"), text, Optional.empty());
    }

    private static List<VagrantfileProblem> saved(Path vagrantfile) throws IOException {
        Resolution told =
                world.corral().vagrantfiles().examine(ResolveRequest.of(vagrantfile, Map.of(), Optional.empty()));
        return language().problems(vagrantfile, Files.readString(vagrantfile), Optional.of(told));
    }

    static Stream<BrokenFile> all() throws IOException {
        return BrokenFile.all().stream();
    }

    static Stream<BrokenFile> found(BrokenFile.Found how) throws IOException {
        return all().filter(one -> one.said().found() == how);
    }

    static Stream<BrokenFile> whileTyping() throws IOException {
        return found(BrokenFile.Found.TYPING);
    }

    static Stream<BrokenFile> whenSaved() throws IOException {
        return found(BrokenFile.Found.SAVING);
    }

    static Stream<BrokenFile> whenStarted() throws IOException {
        return found(BrokenFile.Found.STARTING);
    }

    static Stream<BrokenFile> whenAsked() throws IOException {
        return found(BrokenFile.Found.BEFORE_IT_STARTS);
    }

    private static void isSaid(BrokenFile file, List<VagrantfileProblem> problems) {
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(file.said().line());
            assertThat(problem.sentence()).isEqualTo(file.said().sentence());
            assertThat(problem.nextStep()).startsWith(file.said().next());
        });
    }

    @Test
    void thereAreTwentyAndEachIsTwoStepsAwayAtMost() throws IOException {
        assertThat(BrokenFile.all()).hasSize(20).allSatisfy(file -> {
            assertThat(file.said().line()).as("a line that can be gone to").isPositive();
            assertThat(file.steps()).isLessThanOrEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("whileTyping")
    void theTextAloneTells(BrokenFile file) throws IOException {
        isSaid(file, typed(file.text()));
    }

    @ParameterizedTest
    @MethodSource("whenSaved")
    void vagrantTellsBeforeAnythingIsStarted(BrokenFile file) throws IOException {
        assertThat(typed(file.text())).isEmpty();
        isSaid(file, saved(file.project(temp.resolve(file.name()), false)));
    }

    @ParameterizedTest
    @MethodSource("whenStarted")
    void theStartTells(BrokenFile file) throws IOException {
        assertThat(typed(file.text())).isEmpty();
        UpOutput output = new UpOutput(UpOutput.Listener.NONE);
        Files.readAllLines(file.folder().resolve("said.log")).forEach(output::line);
        FailureView failure = FailureExplainer.explain(output, 1, file.text());
        assertThat(failure.sentence()).isEqualTo(file.said().sentence());
        assertThat(failure.nextStep()).startsWith(file.said().next());
        assertThat(failure.layer().map(Layer::words)).contains(file.said().layer());
        assertThat(line(failure, file.text())).isEqualTo(file.said().line());
        assertThat(failure.lines()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("whenAsked")
    void theStartTellsBeforeItMakesAnything(BrokenFile file) throws Exception {
        assertThat(typed(file.text())).isEmpty();
        Path vagrantfile = world.vagrantfile("single");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Files.writeString(
                    vagrantfile,
                    file.text()
                            .replace(PORT, port)
                            .replace(
                                    "config.vm.box = \"corral/debian\"",
                                    "require_relative 'stub'; Stub.world = ENV.fetch('STUB_WORLD'); config.vm.provider :stub"));
            Operation start = world.corral().operations().start(StartRequest.of(vagrantfile));
            assertThat(StubWorld.failure(start))
                    .hasMessage(file.said().sentence().replace(PORT, port));
            assertThat(start.failure()).hasValueSatisfying(failure -> {
                assertThat(failure.nextStep()).startsWith(file.said().next());
                assertThat(failure.vagrantfileLine()).isEqualTo(file.said().line());
            });
        }
        assertThat(world.machines()).isEmpty();
    }

    // The page leads to a failed step's own line.
    private static int line(FailureView failure, String text) {
        return failure.in()
                .provisioner()
                .map(Phase.Provisioner::position)
                .map(position -> language().parse("Vagrantfile", text).settings().stream()
                        .filter(use -> use.path().equals("vm.provision"))
                        .skip(position - 1L)
                        .findFirst()
                        .map(SettingUse::line)
                        .orElse(0))
                .orElse(failure.vagrantfileLine());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theMendedOneIsFreeOfIt(BrokenFile file) throws IOException {
        assertThat(typed(file.mended())).isEmpty();
        try (Stream<Path> mended = Files.list(file.folder().resolve("mended"))) {
            assertThat(mended.toList()).isNotEmpty().allSatisfy(one -> assertThat(one)
                    .content()
                    .isNotEqualTo(Files.readString(file.folder().resolve(one.getFileName()))));
        }
    }

    @Test
    void vagrantHasNothingAgainstAMendedOne() throws IOException {
        BrokenFile file = all().filter(one -> one.name().equals("missing-variable"))
                .findFirst()
                .orElseThrow();
        assertThat(saved(file.project(temp.resolve("mended"), true))).isEmpty();
    }
}
