package dev.corral.core.vagrantfile;

import static dev.corral.core.vagrantfile.CountedVagrant.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.vagrant.VagrantProcesses;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Vagrant that goes on, after its answer, as the command that the answer was wanted for: it differs in nothing from one started so. */
@Tag("unit")
class LoadedVagrantTest {
    // What a Vagrantfile and a provisioner's own code could notice.
    private static final String NOTICED = """
            File.write(ENV.fetch("SEEN"), JSON.generate(
              "env" => ENV.to_h.reject { |name, _| %w[SEEN VAGRANT_LOG_FILE].include?(name) },
              "argv" => ARGV, "pwd" => Dir.pwd, "me" => __FILE__, "stdin" => $stdin.read.to_s,
              "traced" => [File, Dir, IO, Process, ENV].flat_map { |one| one.singleton_class.ancestors.map(&:to_s) }
                .grep(/#<Module|Corral/).size,
              "asked" => Object.const_defined?(:CorralResolve) && CorralResolve.const_defined?(:Trace),
              "signals" => trap("TERM", "DEFAULT").to_s, "group" => Process.getpgrp == Process.pid))
            """;

    @TempDir
    private Path root;

    private CountedVagrant vagrant;
    private final List<LoadedVagrant> kept = new ArrayList<>();

    @BeforeEach
    void vagrant() throws IOException {
        vagrant = new CountedVagrant(root);
    }

    @AfterEach
    void end() {
        kept.forEach(LoadedVagrant::close);
    }

    private Optional<LoadedVagrant> asked(ResolveRequest request) {
        vagrant.resolver().examine(request, kept::add);
        return kept.stream().reduce((first, last) -> last);
    }

    private Path copy(Path project, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        for (String file : List.of("Vagrantfile", "stub.rb")) {
            Files.copy(project.resolveSibling(file), folder.resolve(file));
        }
        return folder;
    }

    private static List<String> ends(VagrantRun run, int exit) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        assertThat(run.follow(lines::add)).as(() -> String.join("\n", lines)).isEqualTo(exit);
        return lines.stream().map(line -> line.replaceFirst("^[0-9]+,", "")).toList();
    }

    @Test
    void theCommandIsAsIfItHadBeenStartedSo() throws Exception {
        Path file = vagrant.project("seen", "require \"json\"", NOTICED.strip());
        ResolveRequest request = request(file, "SEEN", root.resolve("seen.json").toString());
        LoadedVagrant loaded = asked(request).orElseThrow();
        int starts = vagrant.count();
        Path one = copy(file, "one");
        VagrantRun going = loaded.go(
                        vagrant.vagrant(),
                        one,
                        request.arguments(),
                        Map.of("SEEN", root.resolve("one.json").toString(), "OF_THE_START", "x"),
                        root.resolve("one.log"))
                .orElseThrow();
        List<String> said = ends(going, 0);
        assertThat(vagrant.count()).isEqualTo(starts);
        Path two = copy(file, "two");
        VagrantRun plain = vagrant.vagrant()
                .start(
                        two,
                        request.arguments(),
                        Map.of("SEEN", root.resolve("two.json").toString(), "OF_THE_START", "x"),
                        root.resolve("two.log"));
        assertThat(ends(plain, 0)).isEqualTo(said).isNotEmpty();
        JsonNode first = Json.mapper().readTree(root.resolve("one.json").toFile());
        JsonNode second = Json.mapper()
                .readTree(Files.readString(root.resolve("two.json")).replace(two.toString(), one.toString()));
        assertThat(first).isEqualTo(second);
        assertThat(first.path("asked").asBoolean()).isFalse();
        assertThat(first.path("traced").asInt()).isZero();
        assertThat(first.path("argv").toString()).contains("\"up\"");
        assertThat(Files.exists(one.resolve(".vagrant/machines/default"))).isTrue();
    }

    @Test
    void itIsFoundWhereItWorksAndByWhatItDoes() throws Exception {
        Path file = vagrant.project("works", "sleep 3 if File.exist?(\"wait\")");
        ResolveRequest request = request(file);
        LoadedVagrant loaded = asked(request).orElseThrow();
        Path folder = copy(file, "one");
        Files.writeString(folder.resolve("wait"), "");
        assertThat(VagrantProcesses.anyIn(folder)).isEmpty();
        VagrantRun going = loaded.go(vagrant.vagrant(), folder, request.arguments(), Map.of(), root.resolve("log"))
                .orElseThrow();
        List<VagrantProcesses.Command> found = List.of();
        for (int i = 0; i < 100 && found.isEmpty(); i++) {
            Thread.sleep(20);
            found = VagrantProcesses.anyIn(folder);
        }
        assertThat(found).extracting(VagrantProcesses.Command::command).containsExactly("up");
        assertThat(VagrantProcesses.upIn(folder)).containsExactly(going.identity());
        ends(going, 0);
    }

    @Test
    void aFailureIsToldAsAnywhereElse() throws Exception {
        Path file = vagrant.project(
                "fails",
                "raise Vagrant::Errors::CLIInvalidUsage, help: \"not here\" if Dir.pwd.end_with?(\"one\", \"two\")");
        ResolveRequest request = request(file);
        LoadedVagrant loaded = asked(request).orElseThrow();
        VagrantRun going = loaded.go(
                        vagrant.vagrant(), copy(file, "one"), request.arguments(), Map.of(), root.resolve("log"))
                .orElseThrow();
        String said = String.join("\n", ends(going, 1));
        VagrantRun plain =
                vagrant.vagrant().start(copy(file, "two"), request.arguments(), Map.of(), root.resolve("log2"));
        assertThat(String.join("\n", ends(plain, 1))).contains("not here");
        // Of what comes this early Vagrant itself says no more than the words; this one has a place for them already.
        assertThat(said).contains("error-exit,Vagrant::Errors::CLIInvalidUsage").contains("not here");
        assertThat(going.trace()).contains("not here");
    }

    @Test
    void whatTheFileLeavesRunningAndWhoeverIsNotWantedEnds() throws Exception {
        Path file = vagrant.project(
                "leaves", "File.write(\"" + root.resolve("left") + "\", spawn(\"sleep 1000\").to_s) if ENV[\"ASKED\"]");
        LoadedVagrant loaded = asked(request(file, "ASKED", "1")).orElseThrow();
        long left = Long.parseLong(Files.readString(root.resolve("left")));
        ends(left);
        long waits = processes("leaves-no-more", loaded);
        loaded.close();
        ends(waits);
        assertThat(loaded.go(vagrant.vagrant(), root, List.of("up"), Map.of(), root.resolve("log")))
                .isEmpty();
    }

    // The one process of the test's own that waits.
    private static long processes(String about, LoadedVagrant loaded) {
        assertThat(loaded).as(about).isNotNull();
        return ProcessTable.read().rows().stream()
                .filter(row -> row.command().contains(VagrantProcesses.ASKING)
                        && ProcessHandle.of(row.process().pid())
                                .flatMap(ProcessHandle::parent)
                                .filter(parent ->
                                        parent.pid() == ProcessHandle.current().pid())
                                .isPresent())
                .map(ProcessTable.Row::process)
                .map(ProcessIdentity::pid)
                .findFirst()
                .orElseThrow();
    }

    private static void ends(long pid) throws InterruptedException {
        for (int i = 0;
                i < 200 && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
                i++) {
            Thread.sleep(20);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void oneThatWaitedForLongIsNotTaken() throws Exception {
        Path file = vagrant.project("old");
        ResolveRequest request = request(file);
        try (ThrowAway place = new ThrowAway(request, true)) {
            VagrantRun run = vagrant.vagrant().start(root, List.of("--version"), Map.of(), root.resolve("version.log"));
            LoadedVagrant old = new LoadedVagrant(
                    run, place, System.nanoTime() - Duration.ofSeconds(8).toNanos());
            assertThat(old.go(vagrant.vagrant(), root, request.arguments(), Map.of(), root.resolve("log")))
                    .isEmpty();
            assertThat(place.taken()).isFalse();
        }
    }

    @Test
    void oneThatHangsOrEndsIsToldAndNothingStays() throws Exception {
        Path hangs = vagrant.project(
                "hangs",
                "File.write(\"" + root.resolve("pid") + "\", Process.pid.to_s)",
                "begin",
                "loop { sleep 1 }",
                "rescue Interrupt",
                "retry",
                "end");
        assertThatThrownBy(() -> asked(request(hangs).within(Duration.ofSeconds(4))))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("was not done after 4 s");
        ends(Long.parseLong(Files.readString(root.resolve("pid"))));
        Path ends = vagrant.project("ends", "exit 3");
        Resolution said = vagrant.resolver().examine(request(ends), kept::add);
        assertThat(said.anyFailure()).isPresent();
        assertThat(kept).isEmpty();
    }
}
