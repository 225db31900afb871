package dev.corral.chaos;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.SystemVirsh;
import dev.corral.core.sandbox.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Real VMs. What others have at the same hypervisor is never touched, and virsh alone says what exists. */
final class VmGround implements Ground {
    private static final Path SAMPLE =
            Path.of("sample-vagrantfiles/basic/Vagrantfile").toAbsolutePath();
    private static final int LONG = 4000;

    private final Path cache;
    private final Environment environment;
    private final LocalCorral corral;
    private final Set<String> ever = ConcurrentHashMap.newKeySet();

    /** A cache directory and a Vagrant home below this folder; boxes are those of the user. */
    VmGround(Path root) throws IOException {
        cache = root.resolve("cache");
        Path home = Files.createDirectories(root.resolve("vagrant-home"));
        if (!Files.exists(home.resolve("boxes"))) {
            Files.createSymbolicLink(
                    home.resolve("boxes"),
                    Path.of(
                            System.getenv()
                                    .getOrDefault("VAGRANT_HOME", System.getProperty("user.home") + "/.vagrant.d"),
                            "boxes"));
        }
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.keySet().removeIf(name -> name.startsWith("INSPECT_"));
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        variables.put("INSPECT_MAX_VAGRANT_STARTUPS", "2");
        variables.put("VAGRANT_HOME", home.toString());
        environment = new Environment(variables);
        corral = LocalCorral.open(environment, Owner.Kind.CONSOLE);
    }

    @Override
    public Map<String, String> variables() {
        return environment.variables();
    }

    @Override
    public LocalCorral corral() {
        return corral;
    }

    @Override
    public Path cache() {
        return cache;
    }

    @Override
    public Path vagrantfile() {
        return SAMPLE;
    }

    @Override
    public Map<String, String> context(boolean two) {
        return Map.of();
    }

    @Override
    public Map<String, String> endless() {
        return null;
    }

    @Override
    public boolean two() {
        return false;
    }

    @Override
    public Set<String> machines() {
        Set<String> made = made();
        Set<String> found = new HashSet<>();
        virsh("list --all --uuid --name")
                .lines()
                .map(String::strip)
                .filter(line -> line.length() > 37)
                .forEach(line -> {
                    String name = line.substring(37).strip();
                    if (name.indexOf('_') > 0 && made.contains(name.substring(0, name.indexOf('_')))) {
                        found.add(line.substring(0, 36));
                    }
                });
        ever.addAll(found);
        return found;
    }

    private Set<String> made() {
        try {
            Path made = cache.resolve(".corral/made");
            return Files.exists(made) ? new HashSet<>(Files.readAllLines(made)) : Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of a command of virsh. */
    static String virsh(String command) {
        return SystemVirsh.run(command);
    }

    @Override
    public int everMade() {
        return ever.size();
    }

    @Override
    public boolean ours(Seen item) {
        return item.directory().filter(directory -> directory.startsWith(cache)).isPresent()
                || !item.sandbox().isEmpty() && made().contains(item.sandbox());
    }

    @Override
    public List<String> cleanup(List<Seen> items) {
        List<String> keys = items.stream()
                .filter(Seen::reclaimable)
                .filter(this::ours)
                .map(Seen::key)
                .toList();
        // Without any name all strays of the machine would be meant.
        return keys.isEmpty() ? List.of("none-of-ours") : keys;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.START,
                Operation.DESTROY,
                Operation.START,
                Operation.CLEANUP,
                Operation.START,
                Operation.HALT,
                Operation.START,
                Operation.EXEC,
                Operation.DESTROY,
                Operation.SNAPSHOT);
    }

    @Override
    public List<Moment> moments(Operation operation) {
        return switch (operation) {
            case START ->
                List.of(
                        Moment.manifest(1500),
                        Moment.loading(LONG),
                        phase("create machine"),
                        phase("boot"),
                        phase("wait for SSH"),
                        phase("set up guest"));
            case EXEC ->
                List.of(Moment.beginning(LONG), new Moment("in the guest", false, 2000, scene -> scene.process()
                        .outSoFar()
                        .contains("runs")));
            case DESTROY, CLEANUP ->
                List.of(
                        Moment.beginning(LONG),
                        Moment.loading(LONG),
                        Moment.loading(2 * LONG),
                        Moment.journal("confirm", false, 200, "\"confirm\""),
                        Moment.trash(15));
            case UP, HALT, PROVISION, SNAPSHOT -> List.of(Moment.beginning(LONG), Moment.loading(2 * LONG));
        };
    }

    private static Moment phase(String name) {
        return Moment.journal(name, true, LONG / 2, "\"PHASE\"", "\"" + name + "\"");
    }

    @Override
    public Map<String, Long> said(Path directory) {
        return Map.of();
    }

    @Override
    public void close() {
        corral.close();
    }
}
