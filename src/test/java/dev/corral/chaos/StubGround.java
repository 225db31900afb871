package dev.corral.chaos;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real Vagrant over the stub provider. */
final class StubGround implements Ground {
    private static final String PACE = "0.2";
    // A little longer than a step takes, so that a kill also comes between two of them.
    private static final int STEP = 250;
    private static final Set<String> HYPERVISORS = Set.of("virsh", "VBoxManage", "docker");

    private final Path root;
    private final StubWorld world;

    /**
     * A world below this folder.
     *
     * @param sshd stands for every machine's SSH server
     */
    StubGround(Path root, LoopbackSshd sshd) throws IOException {
        this.root = root;
        SshEndpoint endpoint = sshd.endpoint();
        world = new StubWorld(
                root,
                Map.of(
                        "INSPECT_MAX_VAGRANT_STARTUPS",
                        "2",
                        "STUB_PACE",
                        PACE,
                        "STUB_SSH",
                        endpoint.port() + " " + endpoint.user() + " "
                                + endpoint.identityFiles().getFirst(),
                        "PATH",
                        withoutHypervisors(root.resolve("bin"))));
    }

    // Of no concern here, and what others have at them must not be in danger.
    private static String withoutHypervisors(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String directory : System.getenv("PATH").split(":")) {
            if (!Files.isDirectory(Path.of(directory))) {
                continue;
            }
            try (Stream<Path> programs = Files.list(Path.of(directory))) {
                for (Path program : programs.filter(Files::isExecutable).toList()) {
                    Path link = folder.resolve(program.getFileName());
                    if (!HYPERVISORS.contains(program.getFileName().toString())
                            && Files.notExists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
        return folder.toString();
    }

    @Override
    public Map<String, String> variables() {
        return world.environment().variables();
    }

    @Override
    public LocalCorral corral() {
        return world.corral();
    }

    @Override
    public Path cache() {
        return world.cache();
    }

    @Override
    public Path vagrantfile() {
        return world.vagrantfile("chaos");
    }

    @Override
    public Map<String, String> context(boolean two) {
        return two ? Map.of("STUB_MACHINES", "one,two") : Map.of();
    }

    @Override
    public Map<String, String> endless() {
        return Map.of("STUB_BOOT", "100000");
    }

    @Override
    public boolean two() {
        return true;
    }

    @Override
    public Set<String> machines() {
        return new HashSet<>(world.machines());
    }

    @Override
    public int everMade() {
        try {
            Path ever = root.resolve("world/ever");
            return Files.exists(ever)
                    ? (int) Files.readAllLines(ever).stream().distinct().count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean ours(Seen item) {
        // There is nobody else: the hypervisors of this machine are out of sight.
        return true;
    }

    @Override
    public List<String> cleanup(List<Seen> items) {
        return List.of("--strays");
    }

    @Override
    public List<Operation> operations() {
        // Starts and destroys are where things can be lost, so they come twice.
        return List.of(
                Operation.START,
                Operation.DESTROY,
                Operation.HALT,
                Operation.START,
                Operation.CLEANUP,
                Operation.SNAPSHOT,
                Operation.EXEC,
                Operation.DESTROY,
                Operation.UP,
                Operation.PROVISION);
    }

    @Override
    public List<Moment> moments(Operation operation) {
        return switch (operation) {
            case START ->
                List.of(
                        Moment.directory(10),
                        Moment.manifest(30),
                        Moment.manifest(1000),
                        Moment.loading(1500),
                        step("create"),
                        step("made"),
                        step("boot"),
                        step("provision"),
                        Moment.journal("Vagrant has ended", false, 30, "COMMAND_ENDED"));
            case UP -> verb("boot");
            case HALT -> verb("halt", "halted");
            case PROVISION -> verb("provision");
            case SNAPSHOT -> verb("save", "saved");
            case EXEC ->
                List.of(
                        Moment.beginning(1500),
                        Moment.loading(100),
                        new Moment("in the guest", false, 1500, scene -> scene.process()
                                .outSoFar()
                                .contains("runs")));
            case DESTROY, CLEANUP ->
                List.of(
                        Moment.beginning(1500),
                        Moment.loading(1500),
                        step("destroy"),
                        step("destroyed"),
                        Moment.journal("confirm", false, 20, "\"confirm\""),
                        Moment.trash(15));
        };
    }

    private List<Moment> verb(String... steps) {
        return Stream.concat(
                        Stream.of(Moment.beginning(1500), Moment.loading(1500)),
                        Stream.of(steps).map(this::step))
                .toList();
    }

    private Moment step(String word) {
        return Moment.step(word, STEP, scene -> steps(scene.directory()));
    }

    private Path steps(Path directory) {
        return root.resolve("world").resolve("steps-" + directory.getFileName());
    }

    @Override
    public Map<String, Long> said(Path directory) {
        try {
            return Files.exists(steps(directory))
                    ? Files.readAllLines(steps(directory)).stream()
                            .collect(Collectors.groupingBy(Function.identity(), HashMap::new, Collectors.counting()))
                    : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
