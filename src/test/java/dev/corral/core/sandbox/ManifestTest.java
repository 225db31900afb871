package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.process.ProcessIdentity.Life;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests of both versions, and of none that is known. */
@Tag("unit")
@Tag("any_user")
class ManifestTest {
    private static final String FIRST = """
            {"schema_version":1,"id":"t-0a1b2c3d","created_at":"2026-02-06T10:00:00Z","origin":{"task":"t","sample":"s/1"},
             "owner":{"pid":7,"start_ticks":8,"boot_id":"b","kind":"INSPECT"},"vagrantfile":"/x/Vagrantfile",
             "context":{"environment":{"INSPECT_VM_SUFFIX":"-odd","DOCKER_HOST":"tcp://big","HOME":"/h"}},
             "machines":["a-odd","b"],"primary":"b","copied":["c.sh"]}
            """;

    @TempDir
    Path temp;

    private SandboxStore store;
    private SandboxFiles files;

    @BeforeEach
    void make() throws Exception {
        store = new SandboxStore(temp);
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("t-0a1b2c3d")));
    }

    private Manifest write(String content) throws Exception {
        Files.writeString(files.manifest(), content);
        return SandboxStore.manifest(files).orElseThrow();
    }

    @Test
    void theFirstVersionIsReadAndNotTouched() throws Exception {
        Manifest manifest = write(FIRST);
        assertThat(manifest.schemaVersion()).isEqualTo(1);
        assertThat(manifest.suffix()).isEqualTo("-odd");
        assertThat(manifest.lease())
                .isEqualTo(new Manifest.Lease(manifest.owner(), Instant.parse("2026-02-06T10:00:00Z")));
        assertThat(manifest.origin().sample()).isEqualTo("s/1");
        assertThat(manifest.users()).containsExactly(manifest.owner());
        assertThat(manifest.context().hosts()).isEqualTo(HostContext.of(Map.of("DOCKER_HOST", "tcp://big"), List.of()));
        store.list();
        SandboxStore.known(files);
        assertThat(files.manifest()).hasContent(FIRST);
        assertThat(store.change(files, same -> same)).contains(manifest);
        assertThat(files.manifest()).hasContent(FIRST);
    }

    @Test
    void withoutAnyNoteTheSuffixFollowsFromTheId() throws Exception {
        Manifest manifest = write(FIRST.replace("\"INSPECT_VM_SUFFIX\":\"-odd\",", ""));
        assertThat(manifest.suffix()).isEqualTo("-t-0a1b2c3d");
        assertThat(Manifest.suffix("x", Optional.empty())).isEqualTo("-x");
        assertThat(Manifest.environment("x", Optional.empty())).containsExactly(Map.entry("INSPECT_VM_SUFFIX", "-x"));
        assertThat(Manifest.hosts(Optional.empty())).isEqualTo(HostContext.here());
    }

    @Test
    void aChangeMakesItTheSecondVersionThatTheFirstsReadersUnderstand() throws Exception {
        Manifest before = write(FIRST);
        store.change(
                files,
                known -> known.withPin(Optional.of(new Manifest.Pin("a test", Instant.EPOCH, Optional.empty()))));
        JsonNode now = Json.mapper().readTree(Files.readAllBytes(files.manifest()));
        assertThat(now.path("schema_version").intValue()).isEqualTo(2);
        JsonNode then = Json.mapper().readTree(FIRST);
        for (String field : List.of("id", "created_at", "vagrantfile", "machines", "primary", "copied")) {
            assertThat(now.get(field)).as(field).isEqualTo(then.get(field));
        }
        assertThat(now.at("/owner/pid")).isEqualTo(then.at("/owner/pid"));
        assertThat(now.at("/context/environment")).isEqualTo(then.at("/context/environment"));
        assertThat(now.at("/lease/holder/pid").intValue()).isEqualTo(7);
        Manifest after = SandboxStore.manifest(files).orElseThrow();
        assertThat(after.withPin(Optional.empty())).isEqualTo(before.withPin(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema_version\":3}",
                "{\"schema_version\":99999999999999,\"id\":[]}",
                "{\"schema_version\":2.5e3,\"owner\":\"somebody\"}",
            })
    void ofANewerOneNothingIsConcludedAndNothingDone(String content) throws Exception {
        Files.writeString(files.manifest(), content);
        assertThat(ManifestFile.read(files)).isEqualTo(new ManifestFile(Optional.empty(), true));
        assertThat(store.list()).containsExactly(files);
        for (ThrowingRunnable change : List.<ThrowingRunnable>of(
                () -> SandboxStore.known(files),
                () -> store.change(files, known -> known.withCopied(Path.of(known.directory()), known.copied(), "x")),
                () -> Pins.set(store, files, Optional.empty()),
                () -> Ownership.take(store, files, Owners.self(Owner.Kind.CONSOLE)))) {
            assertThatThrownBy(change::run).isInstanceOf(ExpectedFailure.class).hasMessageContaining("newer Corral");
        }
        assertThat(files.manifest()).hasContent(content);
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void wordsAndOddNumbersAreNoNewerVersion() throws Exception {
        for (String content : List.of(
                "{\"schema_version\":\"9\",\"id\":[]}",
                "{\"schema_version\":2,\"id\":[]}",
                "{\"schema_version\":-1}",
                "{}",
                "[3]",
                "9",
                "{\"schema_version\":9")) {
            Files.writeString(files.manifest(), content);
            assertThat(ManifestFile.read(files)).as(content).isEqualTo(new ManifestFile(Optional.empty(), false));
        }
        assertThat(write(FIRST.replace("\"schema_version\":1,", ""))
                        .withPin(Optional.empty())
                        .schemaVersion())
                .isEqualTo(2);
    }

    @Test
    void manyWhoChangeItAtOnceLoseNothing() throws Exception {
        write(FIRST);
        List<CompletableFuture<Void>> all = IntStream.range(0, 60)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                store.change(
                                        files,
                                        known -> known.withCopied(
                                                Path.of(known.directory()), known.copied(), known.inputs() + "x"));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(SandboxStore.manifest(files).orElseThrow().inputs()).hasSize(60);
    }

    @Test
    void whoUsesItCountsAsMuchAsItsOwner() throws Exception {
        Manifest manifest = write(FIRST);
        Owner self = Owners.self(Owner.Kind.CONSOLE);
        Manifest leased = manifest.leasedTo(self, Instant.now());
        assertThat(leased.users()).containsExactly(manifest.owner(), self);
        assertThat(leased.user(one -> one.equals(self) ? Life.ALIVE : Life.ENDED))
                .isEqualTo(self);
        assertThat(leased.user(one -> one.equals(self) ? Life.UNKNOWN : Life.ENDED))
                .isEqualTo(self);
        assertThat(leased.user(one -> one.equals(self) ? Life.UNKNOWN : Life.ALIVE))
                .isEqualTo(manifest.owner());
        assertThat(leased.user(one -> Life.ENDED)).isEqualTo(manifest.owner());
        store.write(
                files,
                leased.takenBy(new Owner(7, 8, "b", Owner.Kind.INSPECT), Instant.EPOCH)
                        .leasedTo(Owners.process(1, Owner.Kind.INSPECT), Instant.EPOCH));
        assertThatThrownBy(() -> Ownership.take(store, files, self))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("process 1 (inspect), which is alive");
    }

    @Test
    void theHashIsOfWhatMachinesAreMadeOf() throws Exception {
        Files.writeString(files.directory().resolve("Vagrantfile"), "a");
        Path script = Files.writeString(files.directory().resolve("c.sh"), "b");
        SandboxFiles other = SandboxFiles.inOne(Files.createDirectories(temp.resolve("99999999")));
        Files.writeString(other.directory().resolve("Vagrantfile"), "a");
        Files.writeString(other.directory().resolve("c.sh"), "b");
        String hash = Inputs.hash(files, List.of("Vagrantfile", "c.sh"), Map.of("INSPECT_VM_SUFFIX", "-1", "LAB", "x"));
        assertThat(hash)
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(Inputs.hash(
                        other, List.of("Vagrantfile", "c.sh"), Map.of("INSPECT_VM_SUFFIX", "-2", "LAB", "x")))
                .isNotEqualTo(Inputs.hash(files, List.of("Vagrantfile", "c.sh"), Map.of("LAB", "y")))
                .isNotEqualTo(Inputs.hash(files, List.of("Vagrantfile", "c.sh"), Map.of()))
                .isNotEqualTo(Inputs.hash(files, List.of("Vagrantfile"), Map.of("LAB", "x")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        assertThat(Inputs.hash(files, List.of("Vagrantfile", "c.sh"), Map.of("LAB", "x")))
                .isNotEqualTo(hash);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(files.directory().resolve("Vagrantfile"), "ab");
        Files.writeString(script, "");
        assertThat(Inputs.hash(files, List.of("Vagrantfile", "c.sh"), Map.of("LAB", "x")))
                .isNotEqualTo(hash);
    }

    @Test
    void aMachinesNameIsToldFromItsSuffix() {
        assertThat(Manifest.plainName("web-1a2b", "-1a2b")).isEqualTo("web");
        assertThat(Manifest.plainName("web", "-1a2b")).isEqualTo("web");
        assertThat(Manifest.plainName("web", "")).isEqualTo("web");
        assertThat(Manifest.plainName("-1a2b", "-1a2b")).isEqualTo("-1a2b");
        assertThat(Manifest.plainName("w-1a2b", "-1a2b")).isEqualTo("w");
    }

    @Test
    void aPinHoldsUntilItsDate() {
        Instant noon = Instant.parse("2026-02-06T12:00:00Z");
        Manifest.Pin dated = new Manifest.Pin("ada", noon.minusSeconds(60), Optional.of(noon));
        assertThat(dated.holds(noon.minusMillis(1))).isTrue();
        assertThat(dated.holds(noon)).isFalse();
        assertThat(new Manifest.Pin("ada", noon, Optional.empty()).holds(Instant.MAX))
                .isTrue();
    }

    @Test
    void changesChangeOnlyWhatTheySay() throws Exception {
        Manifest before = write(FIRST);
        Instant now = Instant.parse("2026-02-07T10:00:00Z");
        Owner other = new Owner(9, 10, "c", Owner.Kind.CONSOLE);
        Manifest taken = before.takenBy(other, now);
        assertThat(taken.owner()).isEqualTo(other);
        assertThat(taken.lease()).isEqualTo(new Manifest.Lease(other, now));
        Manifest leased = before.leasedTo(other, now);
        assertThat(leased.owner()).isEqualTo(before.owner());
        assertThat(leased.lease()).isEqualTo(new Manifest.Lease(other, now));
        Manifest named = before.withMachines(List.of("x", "y"), "y");
        assertThat(named.machines()).containsExactly("x", "y");
        assertThat(named.primary()).contains("y");
        assertThat(before.withMachines(List.of("x"), null).primary()).isEmpty();
        assertThat(before.withCopied(Path.of("/r"), before.copied(), "sha256:1").inputs())
                .isEqualTo("sha256:1");
        for (Manifest changed : List.of(taken, leased, named)) {
            assertThat(changed.copied()).containsExactly("c.sh");
            assertThat(changed.suffix()).isEqualTo("-odd");
            assertThat(changed.origin()).isEqualTo(before.origin());
            assertThat(changed.context()).isEqualTo(before.context());
            assertThat(changed.schemaVersion()).isEqualTo(2);
        }
    }

    @Test
    void aMachineThatIsGoneIsForgotten() throws Exception {
        Manifest before = write(FIRST);
        Manifest withoutOther = before.withoutMachine("a-odd");
        assertThat(withoutOther.machines()).containsExactly("b");
        assertThat(withoutOther.primary()).contains("b");
        Manifest withoutPrimary = before.withoutMachine("b");
        assertThat(withoutPrimary.machines()).containsExactly("a-odd");
        assertThat(withoutPrimary.primary()).isEmpty();
    }

    @Test
    void onlyGivenVariablesAreGivenAgain() {
        Manifest.StartContext context = new Manifest.StartContext(
                Optional.of("libvirt"), Map.of("A", "1", "B", "2"), Optional.empty(), List.of("A", "C"));
        assertThat(context.variables()).containsExactly(Map.entry("A", "1"));
        assertThat(new Manifest.StartContext(Optional.empty(), Map.of("A", "1")).variables())
                .isEmpty();
        assertThat(Manifest.environment("x", Optional.empty())).isEqualTo(Map.of("INSPECT_VM_SUFFIX", "-x"));
    }

    @Test
    void whoKnowsASandboxAsksItsManifest() throws Exception {
        Optional<Manifest> known = Optional.of(write(FIRST));
        assertThat(Manifest.suffix("t-0a1b2c3d", known)).isEqualTo("-odd");
        assertThat(Manifest.environment("t-0a1b2c3d", known)).containsEntry("HOME", "/h");
        assertThat(Manifest.hosts(known))
                .isEqualTo(known.get().context().hosts())
                .isNotEqualTo(HostContext.here());
        assertThat(Owners.life(Owners.self(Owner.Kind.CONSOLE))).isEqualTo(Life.ALIVE);
    }

    @Test
    void whoFindsItLockedWaits() throws Exception {
        try (FileGuard held = FileGuard.tryTake(files.manifestLock()).orElseThrow()) {
            CompletableFuture<String> waits = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return ManifestFile.locked(files, () -> "done");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Thread::startVirtualThread);
            Thread.sleep(50);
            assertThat(waits).isNotDone();
            held.close();
            assertThat(waits.get(5, TimeUnit.SECONDS)).isEqualTo("done");
        }
        Thread.currentThread().interrupt();
        try (FileGuard held = FileGuard.tryTake(files.manifestLock()).orElseThrow()) {
            assertThatThrownBy(() -> ManifestFile.locked(files, () -> "done"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("interrupted before");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private String hashOf(String vagrantfile, Map<String, String> files, Map<String, String> variables)
            throws IOException {
        SandboxFiles made = SandboxFiles.inOne(Files.createTempDirectory(temp, "hashed"));
        Files.writeString(made.directory().resolve("Vagrantfile"), vagrantfile);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(made.directory().resolve(file.getKey()), file.getValue());
        }
        List<String> names = new ArrayList<>(files.keySet());
        names.add("Vagrantfile");
        return Inputs.hash(made, names, variables);
    }

    @Test
    void eachPartOfTheInputsCountsByItself() throws IOException {
        String hash = hashOf("a", Map.of("c.sh", "b"), Map.of("LAB", "x"));
        assertThat(hashOf("a", Map.of("c.sh", "b"), Map.of("LAB", "x"))).isEqualTo(hash);
        assertThat(hashOf("z", Map.of("c.sh", "b"), Map.of("LAB", "x"))).isNotEqualTo(hash);
        assertThat(hashOf("a", Map.of("c.sh", "z"), Map.of("LAB", "x"))).isNotEqualTo(hash);
        assertThat(hashOf("a", Map.of("d.sh", "b"), Map.of("LAB", "x"))).isNotEqualTo(hash);
        assertThat(hashOf("a", Map.of("c.sh", "b"), Map.of("BAL", "x"))).isNotEqualTo(hash);
    }

    @Test
    void noTwoListsOfInputsLookAlike() throws IOException {
        assertThat(hashOf("a", Map.of(), Map.of("AB", "C"))).isNotEqualTo(hashOf("a", Map.of(), Map.of("A", "BC")));
        // As the name of a file is written before its content.
        String framed = "\0\0\0\tfile c.sh";
        assertThat(hashOf("a" + framed + "b", Map.of(), Map.of()))
                .isNotEqualTo(hashOf("a", Map.of("c.sh", "b"), Map.of()));
    }
}
