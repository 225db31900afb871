package dev.corral.core.vagrant.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import dev.corral.core.vagrant.VagrantActivity;
import dev.corral.core.vagrant.VagrantProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine index while real Vagrant commands work on it. */
@Tag("unit")
@Timeout(240)
class MachineIndexVagrantTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String VAGRANTFILE = """
            require_relative "stub"
            Stub.world = ENV.fetch("STUB_WORLD")
            Stub.boot = ENV["STUB_BOOT"].to_i
            Vagrant.configure("2") do |config|
              config.vm.provider :stub
            end
            """;
    private static final int PROJECTS = 3;
    private static final int GHOSTS = 40;

    @TempDir
    Path temp;

    private Path home;
    private final Map<String, String> variables = new HashMap<>(System.getenv());

    @BeforeEach
    void world() throws IOException {
        home = temp.resolve("home");
        variables.keySet().removeIf(name -> name.startsWith("VAGRANT_"));
        variables.put("VAGRANT_HOME", home.toString());
        variables.put(
                "STUB_WORLD", Files.createDirectories(temp.resolve("world")).toString());
        variables.put("VAGRANT_CHECKPOINT_DISABLE", "1");
    }

    private Path project(String name) throws IOException {
        Path project = Files.createDirectories(temp.resolve(name));
        try (InputStream in = StubWorld.class.getResourceAsStream("/stub/stub.rb")) {
            Files.write(project.resolve("stub.rb"), in.readAllBytes());
        }
        Files.writeString(project.resolve("Vagrantfile"), VAGRANTFILE);
        return project;
    }

    private String vagrant(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("vagrant"));
        command.addAll(List.of(arguments));
        ProcessResult result = Processes.run(command, directory, variables, new byte[0], LIMIT);
        assertThat(result.ok()).as(result.out() + result.err()).isTrue();
        return result.out();
    }

    @Test
    void removalsAndUndosAmidVagrantCommandsLoseNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Path> projects = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            projects.add(project("p" + i));
        }
        vagrant(projects.getFirst(), "up");
        Set<String> ghosts = addGhosts();
        Set<String> present = new HashSet<>(ghosts);
        AtomicBoolean over = new AtomicBoolean();
        int removals = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reader = threads.submit(() -> {
                int reads = 0;
                for (; !over.get(); reads++) {
                    IndexSnapshot snapshot = MachineIndex.read(home);
                    assertThat(snapshot.problem()).isEmpty();
                    assertThat(snapshot.entries()).extracting(IndexEntry::name).contains("default");
                    Thread.sleep(2);
                }
                return reads;
            });
            Future<Integer> status = threads.submit(() -> {
                int times = 0;
                for (; !over.get(); times++) {
                    assertThat(vagrant(temp, "global-status"))
                            .contains(projects.getFirst().toString());
                }
                return times;
            });
            Callable<Void> ups = () -> {
                for (Path project : projects) {
                    vagrant(project, "up");
                }
                vagrant(projects.getLast(), "destroy", "-f");
                over.set(true);
                return null;
            };
            Future<Void> up = threads.submit(ups);
            List<Path> undo = new ArrayList<>();
            while (!up.isDone()) {
                Set<String> victims = new HashSet<>(ghosts);
                victims.removeIf(uuid -> random.nextInt(4) > 0);
                IndexRemoval removal = MachineIndex.remove(
                        home, victims, entry -> entry.provider().equals("gone"));
                Set<String> removed = new HashSet<>();
                removal.removed().forEach(entry -> removed.add(entry.uuid()));
                victims.retainAll(present);
                assertThat(removed).as("seed %d", seed).isEqualTo(victims);
                present.removeAll(removed);
                removal.backup().ifPresent(undo::add);
                removals += removed.size();
                if (!undo.isEmpty() && random.nextBoolean()) {
                    Path backup = undo.removeLast();
                    if (Files.exists(backup)) {
                        int before = present.size();
                        Json.mapper()
                                .readTree(backup.toFile())
                                .get("corral_removed")
                                .forEach(uuid -> present.add(uuid.asText()));
                        assertThat(MachineIndex.restore(home, backup))
                                .as("seed %d", seed)
                                .isEqualTo(present.size() - before);
                    }
                }
            }
            over.set(true);
            up.get();
            assertThat(reader.get()).isPositive();
            assertThat(status.get()).isPositive();
        }
        assertThat(removals).isPositive();
        Map<Boolean, List<IndexEntry>> byReality = MachineIndex.read(home).entries().stream()
                .collect(Collectors.partitioningBy(entry -> entry.provider().equals("stub")));
        assertThat(byReality.get(true))
                .as("seed %d", seed)
                .extracting(IndexEntry::project)
                .containsExactlyInAnyOrderElementsOf(projects.subList(0, PROJECTS - 1));
        assertThat(byReality.get(false))
                .as("seed %d", seed)
                .extracting(IndexEntry::uuid)
                .containsExactlyInAnyOrderElementsOf(present);
        for (Path project : projects.subList(0, PROJECTS - 1)) {
            vagrant(project, "destroy", "-f");
        }
        assertThat(MachineIndex.read(home).entries())
                .as("seed %d", seed)
                .extracting(IndexEntry::uuid)
                .containsExactlyInAnyOrderElementsOf(present);
    }

    // Machines of projects that are no more; a provider that Vagrant does not know it just lists.
    private Set<String> addGhosts() throws IOException {
        Path index = home.resolve("data/machine-index/index");
        ObjectNode root = (ObjectNode) Json.mapper().readTree(index.toFile());
        Set<String> ghosts = new HashSet<>();
        for (int i = 0; i < GHOSTS; i++) {
            String uuid = "%032x".formatted(i + 1);
            ObjectNode entry = ((ObjectNode) root.get("machines")).putObject(uuid);
            entry.put("local_data_path", "/gone/" + i + "/.vagrant")
                    .put("name", "g" + i)
                    .put("provider", "gone")
                    .put("state", "running")
                    .put("vagrantfile_path", "/gone/" + i)
                    .putObject("extra_data");
            ghosts.add(uuid);
        }
        Files.write(index, Json.mapper().writeValueAsBytes(root));
        return ghosts;
    }

    @Test
    void tellsWhereVagrantWorksByItsProcessAndByItsLock() throws Exception {
        Path project = project("slow");
        vagrant(project, "up");
        IndexEntry entry = MachineIndex.read(home).entries().getFirst();
        assertThat(entry.project()).isEqualTo(project.toRealPath());
        assertThat(entry.name()).isEqualTo("default");
        assertThat(Files.readString(entry.notes().resolve("index_uuid"))).isEqualTo(entry.uuid());
        VagrantActivity idle = VagrantActivity.look();
        assertThat(idle.worksOn(entry)).isFalse();
        assertThat(idle.worksIn(project, List.of(home), List.of("default"))).isFalse();
        assertThat(VagrantProcesses.anyIn(project)).isEmpty();

        variables.put("STUB_BOOT", "60");
        for (List<String> command :
                List.of(List.of("vagrant", "--no-color", "up"), List.of("vagrant", "up", entry.uuid()))) {
            boolean there = command.size() == 3 && command.getLast().equals("up");
            Path directory = there ? project : temp;
            RunningProcess up = Processes.startLogged(command, directory, variables, temp.resolve("up.log"));
            try {
                StubWorld.until(() -> VagrantActivity.look().worksOn(entry)
                        && VagrantProcesses.anyIn(directory).stream()
                                .anyMatch(known -> known.process().pid() == up.pid()));
                assertThat(VagrantProcesses.anyIn(directory)).singleElement().satisfies(known -> {
                    assertThat(known.command()).isEqualTo("up");
                    assertThat(known.directory()).isEqualTo(directory.toRealPath());
                });
                VagrantActivity activity = VagrantActivity.look(ProcessTable.read());
                assertThat(activity.in(project)).hasSize(there ? 1 : 0);
                if (!there) {
                    StubWorld.until(() -> VagrantActivity.look().worksIn(project, List.of(home), List.of("default")));
                    assertThat(VagrantActivity.look().worksIn(project, List.of(home), List.of("another")))
                            .isFalse();
                }
            } finally {
                up.kill();
            }
            StubWorld.until(() -> !VagrantActivity.look().worksOn(entry));
        }
    }

    @Test
    void aDirectoryThatIsNamedInAVariableCountsAsWorkedIn() throws Exception {
        Path project = project("named");
        variables.put("STUB_BOOT", "60");
        variables.put("VAGRANT_CWD", project.toString());
        RunningProcess up = Processes.startLogged(List.of("vagrant", "up"), temp, variables, temp.resolve("up.log"));
        try {
            StubWorld.until(() -> VagrantProcesses.anyIn(project).stream()
                    .anyMatch(known -> known.command().equals("up")));
            assertThat(VagrantProcesses.anyIn(temp)).isEmpty();
        } finally {
            up.kill();
        }
    }
}
