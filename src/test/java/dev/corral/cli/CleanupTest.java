package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.base.Subscription;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupRun;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strays and cleanups over real processes and the stub provider. */
@Tag("unit")
@Timeout(300)
class CleanupTest {
    @TempDir
    Path temp;

    private OwnPath path;
    private StubWorld stub;
    private CorralProcess starting;
    private Map<String, String> variables;

    @BeforeEach
    void open() throws IOException {
        path = new OwnPath(temp.resolve("bin"));
        stub = new StubWorld(temp, Map.of("PATH", path.toString()));
        variables = new HashMap<>(stub.environment().variables());
    }

    @AfterEach
    void close() throws Exception {
        if (starting != null) {
            starting.interrupt();
            starting.await();
        }
        for (InventoryItem item : stub.inventory().items()) {
            if (stub.inventory().sandbox(item.name()).isPresent()) {
                stub.destroy(item.name());
            }
        }
        assertThat(stub.machines()).isEmpty();
        stub.close();
        path.close();
    }

    private Ended corral(String... arguments) throws InterruptedException {
        return CorralProcess.run(variables, arguments);
    }

    // Its owner, a command, has ended; what a command starts is pinned.
    private String kept(String vagrantfile) throws InterruptedException {
        Ended ended = corral(
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile(vagrantfile).toString());
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended.json().path("sandbox").asText();
    }

    private String stray(String vagrantfile) throws InterruptedException {
        String id = kept(vagrantfile);
        assertThat(corral("unpin", id).exitCode()).isZero();
        return id;
    }

    private Map<String, String> states() throws InterruptedException {
        Ended ended = corral("strays", "--all", "--json");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        Map<String, String> states = new HashMap<>();
        ended.json().forEach(row -> {
            states.put(row.path("name").asText(), row.path("state").asText());
            assertThat(row.path("reason").asText()).endsWith(".");
        });
        return states;
    }

    private static Map<String, String> results(Ended ended) {
        Map<String, String> results = new HashMap<>();
        ended.json()
                .forEach(row -> results.put(
                        row.path("sandbox").asText(), row.path("result").asText()));
        return results;
    }

    private Path folder(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(stub.cache().resolve(name));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }

    @Test
    void eachStateIsShownAndCleanedOrKept() throws Exception {
        String live = stub.start(stub.request("single"));
        String kept = kept("single");
        String stray = stray("single");
        String stuck = stray("sticky");
        String odd = stray("single");
        Path manifest = stub.files(odd).manifest();
        String whole = Files.readString(manifest);
        Files.writeString(manifest, whole.substring(0, whole.length() / 2));
        Ended failed = corral("cleanup", "--json", stuck);
        assertThat(failed.exitCode()).as(failed.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(failed.json().get(0).path("problem").asText()).contains("still notes default");
        folder("0a1b2c3d", Duration.ofMinutes(11));
        folder("1a1b2c3d", Duration.ofMinutes(1));
        Files.writeString(
                Files.createDirectories(stub.cache().resolve(".corral/trash/2a1b2c3d-77"))
                        .resolve("rest"),
                "rest");
        Files.writeString(stub.cache().resolve("notes.txt"), "mine");
        starting = CorralProcess.start(
                variables,
                new byte[0],
                "start",
                "--vagrantfile",
                stub.vagrantfile("slow").toString());
        starting.until(() -> stub.machines().size() == 6);

        Map<String, String> states = states();
        assertThat(states)
                .containsEntry(live, "live")
                .containsEntry(kept, "kept")
                .containsEntry(stray, "stray")
                .containsEntry(stuck, "destroy_failed")
                .containsEntry(odd, "unknown")
                .containsEntry("0a1b2c3d", "leftover")
                .containsEntry("1a1b2c3d", "unknown")
                .containsEntry("2a1b2c3d-77", "leftover")
                .containsEntry("notes.txt", "foreign")
                .containsValue("starting");

        // What a dry run prints is what the window saves.
        Ended dry = corral("cleanup", "--dry-run", "--json");
        assertThat(dry.exitCode()).isZero();
        CleanupPlan plan = stub.corral().cleanup().plan(CleanupChoice.everyStray());
        assertThat(dry.stdout()).isEqualTo(stub.corral().cleanup().document(plan));
        assertThat(stub.machines()).hasSize(6);

        stub.letGo();
        Ended cleanup = corral("cleanup", "--json");
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isZero();
        assertThat(results(cleanup))
                .containsOnlyKeys(stray, stuck, "0a1b2c3d", "2a1b2c3d-77")
                .containsEntry(stray, "destroyed")
                .containsEntry(stuck, "destroyed")
                .containsEntry("0a1b2c3d", "removed");
        cleanup.json().forEach(row -> assertThat(row.path("regained_bytes").asLong())
                .as(row.toString())
                .isEqualTo(row.path("bytes").asLong()));
        assertThat(stub.directories())
                .contains(live, kept, odd, "1a1b2c3d", "notes.txt")
                .doesNotContain(stray, stuck, "0a1b2c3d");
        assertThat(stub.machines()).hasSize(4);

        Ended named = corral("cleanup", "--json", live, kept, odd, "nosuchthing");
        assertThat(named.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(results(named))
                .containsEntry(live, "failed")
                .containsEntry(kept, "destroyed")
                .containsEntry(odd, "destroyed")
                .containsEntry("nosuchthing", "not_found");
        assertThat(corral("cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void twoCleanersAtOnceAndAStartBesideThem() throws Exception {
        List<String> strays = List.of(stray("single"), stray("single"), stray("multi"));
        starting = CorralProcess.start(
                variables,
                new byte[0],
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile("slow").toString());
        starting.until(() -> stub.machines().size() == 5);
        List<CorralProcess> both = List.of(
                CorralProcess.start(variables, new byte[0], "cleanup", "--json"),
                CorralProcess.start(variables, new byte[0], "cleanup", "--json"));
        List<Map<String, String>> results = new ArrayList<>();
        for (CorralProcess cleaner : both) {
            Ended ended = cleaner.await();
            assertThat(ended.exitCode()).as(ended.toString()).isIn(ExitCode.DONE, ExitCode.NOT_FOUND);
            results.add(results(ended));
            assertThat(results.getLast().values())
                    .as(ended.toString())
                    .allMatch(result -> result.equals("destroyed") || result.equals("gone"));
        }
        for (String stray : strays) {
            assertThat(results)
                    .filteredOn(result -> "destroyed".equals(result.get(stray)))
                    .as(stray)
                    .hasSize(1);
        }
        assertThat(stub.directories()).hasSize(1);
        assertThat(stub.machines()).hasSize(1);
        assertThat(states()).containsEntry(stub.directories().getFirst(), "starting");
        starting.interrupt();
        assertThat(starting.await().exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void whatWasPinnedBetweenPlanAndExecutionIsLeftAlone() throws Exception {
        String pinned = stray("single");
        String stray = stray("single");
        CleanupPlan plan = stub.corral().cleanup().plan(CleanupChoice.everyStray());
        assertThat(plan.steps()).hasSize(2);
        assertThat(corral("pin", pinned).exitCode()).isZero();
        CleanupRun run = stub.corral().cleanup().run(plan, result -> {});
        Map<String, StepResult.Status> results = new HashMap<>();
        run.done()
                .get(StubWorld.LONG.toSeconds(), TimeUnit.SECONDS)
                .forEach(result -> results.put(result.step().name(), result.status()));
        assertThat(results)
                .containsEntry(pinned, StepResult.Status.LEFT_ALONE)
                .containsEntry(stray, StepResult.Status.DONE);
        assertThat(stub.machines()).hasSize(1);
        JsonNode row = corral("strays", "--json").json().get(0);
        assertThat(row.path("state").asText()).isEqualTo("kept");
        assertThat(row.path("reason").asText()).startsWith("Kept by command line since ");
    }

    // A shell in a VM whose owner has gone is somebody at work all the same.
    @Test
    void whatSomebodyWorksInIsLeftAloneUntilTheyLeave() throws Exception {
        String id = stray("single");
        CleanupPlan plan = stub.corral().cleanup().plan(CleanupChoice.everyStray());
        assertThat(plan.steps()).hasSize(1);
        SandboxFiles files = stub.files(id);
        Subscription first = SandboxUse.begin(files);
        Subscription second = SandboxUse.begin(files);
        first.close();
        first.close();
        assertThat(states()).containsEntry(id, "live");
        assertThat(corral("cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        Ended named = corral("cleanup", "--json", id);
        assertThat(named.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(results(named)).containsEntry(id, "failed");
        assertThat(stub.corral()
                        .cleanup()
                        .run(plan, result -> {})
                        .done()
                        .get(StubWorld.LONG.toSeconds(), TimeUnit.SECONDS))
                .extracting(StepResult::status)
                .containsExactly(StepResult.Status.LEFT_ALONE);
        assertThat(stub.machines()).hasSize(1);
        second.close();
        assertThat(states()).containsEntry(id, "stray");
        assertThat(corral("cleanup").exitCode()).isZero();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void theMilderChoiceKeepsUntilADate() throws Exception {
        String id = stray("single");
        Ended cleanup = corral("cleanup", "--keep-for", "1h", "--json");
        // The stub can't halt: the failure is named and nothing is pinned or lost.
        assertThat(cleanup.exitCode()).as(cleanup.toString()).isEqualTo(ExitCode.PARTLY);
        assertThat(results(cleanup)).containsEntry(id, "failed");
        assertThat(states()).containsEntry(id, "stray");
        stub.corral()
                .operations()
                .pin(
                        stub.cache().resolve(id),
                        Optional.of(new Manifest.Pin(
                                "a cleanup",
                                Instant.now(),
                                Optional.of(Instant.now().plusSeconds(3600)))));
        assertThat(states()).containsEntry(id, "kept");
        assertThat(corral("cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(corral("cleanup", "--older-than", "1h", "--dry-run", id).exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        stub.corral()
                .operations()
                .pin(
                        stub.cache().resolve(id),
                        Optional.of(new Manifest.Pin(
                                "a cleanup",
                                Instant.EPOCH,
                                Optional.of(Instant.now().minusSeconds(1)))));
        assertThat(states()).containsEntry(id, "stray");
        assertThat(corral("cleanup", "--older-than", "1h").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(corral("cleanup", "--keep-for", "0s").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(corral("cleanup").exitCode()).isZero();
        assertThat(stub.directories()).isEmpty();
    }
}
