package dev.corral.core.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.copy.Copier;
import dev.corral.core.vagrantfile.copy.CopyEntry;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import dev.corral.core.vagrantfile.copy.CopyProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every project of the collection: what Corral resolves is what plain Vagrant makes of it. Plain Vagrant sees each twice, in its own
 * folder and in a sandbox's copy, where nothing lies but what was planned: that both agree shows that no file was missed.
 */
@Tag("unit")
class ResolvedLikePlainTest {
    @TempDir
    private static Path root;

    private static final Map<String, Resolution> RESOLVED = new HashMap<>();
    private static final Map<String, CopyPlan> PLANS = new HashMap<>();
    private static Map<String, JsonNode> facts;
    private static Map<String, String> before;

    static List<ResolveCase> cases() {
        return ResolveCase.all();
    }

    @BeforeAll
    static void askBoth() throws Exception {
        Vagrant vagrant = new Vagrant(environment());
        List<ResolveCase> cases = cases();
        for (ResolveCase one : cases) {
            one.layOut(root.resolve("own"));
            one.layOut(root.resolve("plain"));
        }
        before = snapshot(root.resolve("own"));
        resolve(vagrant, cases);
        for (ResolveCase one : cases) {
            copy(one, RESOLVED.get(one.name()));
        }
        facts = PlainVagrant.facts(
                vagrant,
                root.resolve("asked-both"),
                Stream.of("plain", "copied")
                        .flatMap(where -> wanted(cases, where).stream())
                        .toList());
    }

    // In children of one Vagrant as well, which costs a fifth of a start for each. That a start of its own does the
    // same,
    // VagrantfileResolverTest shows.
    private static void resolve(Vagrant vagrant, List<ResolveCase> cases) throws Exception {
        Map<ResolveCase, ThrowAway> places = new HashMap<>();
        Map<ResolveCase, ResolveRequest> requests = new HashMap<>();
        List<PlainVagrant.Wanted> wanted = new ArrayList<>();
        for (ResolveCase one : cases) {
            ResolveRequest request = ResolveRequest.of(
                    root.resolve("own").resolve(one.name()).resolve(one.vagrantfile()),
                    variables(one),
                    Optional.empty());
            ThrowAway place = new ThrowAway(request, false);
            requests.put(one, request);
            places.put(one, place);
            wanted.add(new PlainVagrant.Wanted(
                    one.name(),
                    request.vagrantfile().getParent().toString(),
                    "",
                    Map.of(),
                    "",
                    place.variables().get("CORRAL_RESOLVE_REQUEST"),
                    place.log().toString(),
                    false));
        }
        PlainVagrant.facts(vagrant, root.resolve("asked"), wanted);
        for (ResolveCase one : cases) {
            assertThat(places.get(one).answer())
                    .as(
                            "an answer for %s: %s",
                            one.name(), Files.readString(places.get(one).log(), StandardCharsets.ISO_8859_1))
                    .exists();
            RESOLVED.put(one.name(), VagrantfileResolver.read(requests.get(one), places.get(one)));
            places.get(one).close();
        }
    }

    private static Environment environment() throws IOException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("VAGRANT_") || name.startsWith("INSPECT_") || name.startsWith("STUB_"));
        variables.put("VAGRANT_HOME", root.resolve("home").toString());
        Files.createDirectories(root.resolve("world"));
        return new Environment(variables);
    }

    private static Map<String, String> variables(ResolveCase one) {
        Map<String, String> variables = new HashMap<>(one.env());
        variables.put("STUB_WORLD", root.resolve("world").toString());
        return variables;
    }

    private static List<PlainVagrant.Wanted> wanted(List<ResolveCase> cases, String where) {
        return cases.stream()
                .map(one -> {
                    Path folder = root.resolve(where).resolve(one.name());
                    Path file = where.equals("copied")
                            ? PLANS.get(one.name())
                                    .root(folder)
                                    .resolve(PLANS.get(one.name()).vagrantfile())
                            : folder.resolve(one.vagrantfile());
                    return new PlainVagrant.Wanted(
                            where + " " + one.name(),
                            file.getParent().toString(),
                            file.getFileName().toString(),
                            variables(one),
                            root.resolve("data-" + where).resolve(one.name()).toString(),
                            null,
                            null,
                            false);
                })
                .toList();
    }

    // As a start would do it: where the file reads what lies above, its folder lies deeper.
    private static void copy(ResolveCase one, Resolution resolution) throws Exception {
        Path sandbox = Files.createDirectories(root.resolve("copied").resolve(one.name()));
        CopyPlan plan =
                CopyPlan.of(resolution, Path.of(resolution.vagrantfile()), environment(), root.resolve("copied"));
        Copier.copy(plan, sandbox, plan.root(sandbox), CopyProgress.NONE);
        PLANS.put(one.name(), plan);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void means(ResolveCase one) {
        Resolution resolution = RESOLVED.get(one.name());
        JsonNode plain = facts.get("plain " + one.name());
        JsonNode copied = facts.get("copied " + one.name());
        assertThat(resolution.anyFailure().isPresent())
                .as("fails: %s %s", resolution.anyFailure(), plain)
                .isEqualTo(one.fails() != null);
        // A process that ends at once, or becomes another one, tells nobody why.
        assertThat(plain.has("error")).as("plain: %s", plain).isEqualTo(one.fails() != null);
        if (one.fails() == null) {
            assertThat(Story.of(resolution, root.resolve("own"))).isEqualTo(Story.of(plain, root.resolve("plain")));
            assertThat(Story.of(copied, root.resolve("copied")).stream()
                            .map(line -> line.replace(inCopy(one), inProject(one)))
                            .toList())
                    .as("where only what was resolved lies: %s", copied)
                    .isEqualTo(Story.of(plain, root.resolve("plain")));
        } else {
            failsAsSaid(one, resolution.anyFailure().orElseThrow());
        }
        if (one.primary() != null) {
            assertThat(resolution.primary()).contains(one.primary());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void bringsNoMore(ResolveCase one) {
        Path from = root.resolve("own").resolve(one.name());
        Path folder = from.resolve(one.vagrantfile()).getParent();
        assertThat(PLANS.get(one.name()).entries().stream()
                        .filter(entry -> entry.kind() != CopyEntry.Kind.FOLDER)
                        .map(entry -> from.relativize(
                                        folder.resolve(entry.place()).normalize())
                                .toString()))
                .contains(one.vagrantfile())
                .containsAll(one.reads())
                .doesNotContainAnyElementsOf(one.unread().isEmpty() ? List.of("\0") : one.unread());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void sees(ResolveCase one) {
        Resolution resolution = RESOLVED.get(one.name());
        Path from = root.resolve("own").resolve(one.name());
        assertThat(touched(resolution, from, "read"))
                .containsAll(one.reads())
                .contains(
                        one.link().containsKey(one.vagrantfile())
                                ? one.link().get(one.vagrantfile())
                                : one.vagrantfile());
        assertThat(touched(resolution, from, "list")).containsAll(one.lists());
        assertThat(resolution.reads()).allSatisfy(read -> assertThat(read.how()).isNotEmpty());
        for (String absent : one.absent()) {
            assertThat(touched(resolution, from, "")).contains(absent);
            assertThat(from.resolve(absent)).doesNotExist();
        }
        List<NamedFile> named = NamedFiles.of(resolution);
        assertThat(named.stream().filter(file -> file.file().startsWith(from)).map(file -> from.relativize(file.file())
                        .toString()))
                .containsAll(one.named());
        assertThat(named)
                .filteredOn(file ->
                        one.named().contains(from.relativize(file.file()).toString()))
                .allSatisfy(file -> {
                    assertThat(file.place().line()).isPositive();
                    assertThat(file.present()).isTrue();
                });
        Set<String> all = Stream.concat(
                        touched(resolution, from, "").stream(),
                        named.stream().map(file -> from.relativize(file.file()).toString()))
                .collect(Collectors.toSet());
        assertThat(all).doesNotContainAnyElementsOf(one.unread().isEmpty() ? List.of("\0") : one.unread());
        assertThat(resolution.variables().stream().map(Resolution.Variable::name))
                .containsAll(one.variables());
        if (one.fails() == null) {
            assertThat(resolution.variables())
                    .extracting(Resolution.Variable::name)
                    .contains("STUB_WORLD");
        }
        assertThat(resolution.programs().stream().map(Resolution.Program::command))
                .containsAll(one.programs());
        one.printed().forEach(text -> assertThat(resolution.printed()).contains(text));
        assertThat(resolution.pluginsAsked().keySet()).containsAll(one.asked());
        assertThat(resolution.machines().stream()
                        .flatMap(machine -> machine.networks().stream())
                        .map(Story::network))
                .containsAll(one.networks());
        resolution.machines().stream()
                .flatMap(machine -> machine.provisioners().stream())
                .forEach(provisioner -> assertThat(provisioner.place().line())
                        .as("line of %s", provisioner)
                        .isPositive());
    }

    // Where Vagrant's root lies deeper in the copy, paths that Ruby put together say so.
    private static String inCopy(ResolveCase one) {
        Path sandbox = root.resolve("copied").resolve(one.name());
        Path folder = PLANS.get(one.name()).root(sandbox);
        return folder.equals(sandbox) ? "/" + one.name() : folder.toString().replace(root.resolve("copied") + "", "");
    }

    private static String inProject(ResolveCase one) {
        Path folder = Path.of("/" + one.name()).resolve(one.vagrantfile()).getParent();
        return folder.toString();
    }

    private static void failsAsSaid(ResolveCase one, ResolveFailure failure) {
        Path from = root.resolve("own").resolve(one.name());
        if (one.fails().type() != null) {
            assertThat(failure.type()).as("%s", failure).isEqualTo(one.fails().type());
        }
        if (one.fails().line() != null) {
            assertThat(failure.place())
                    .as("%s", failure)
                    .isEqualTo(new Place(
                            from.resolve(Optional.ofNullable(one.fails().file()).orElse(one.vagrantfile()))
                                    .toString(),
                            one.fails().line()));
        }
    }

    private static List<String> touched(Resolution resolution, Path from, String how) {
        return resolution.reads().stream()
                .filter(read ->
                        !read.onlyVagrant() && (how.isEmpty() || read.how().contains(how)))
                .map(read -> Path.of(read.path()))
                .filter(path -> path.startsWith(from))
                .map(path -> from.relativize(path).toString())
                .toList();
    }

    @Test
    void nothingOfAProjectIsWritten() throws IOException {
        Map<String, String> after = snapshot(root.resolve("own"));
        // This one makes a folder itself while it loads.
        after.keySet().removeIf(path -> path.startsWith("empty-synced-folder/output"));
        assertThat(after).isEqualTo(before);
        assertThat(root.resolve("home/data/machine-index/index")).doesNotExist();
    }

    @Test
    void thereAreMany() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static Map<String, String> snapshot(Path folder) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                files.put(folder.relativize(file).toString(), Files.isRegularFile(file) ? FileState.hash(file) : "");
            }
        }
        return files;
    }
}
