package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.copy.Copier;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import dev.corral.core.vagrantfile.copy.CopyProgress;
import dev.corral.core.vagrantfile.hook.StartHook;
import dev.corral.core.vagrantfile.hook.Told;
import dev.corral.core.vagrantfile.hook.ToldRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs projects as plain Vagrant in their own folders, and as Corral does, from a copy and with its Ruby along, and tells what differs. All
 * that Vagrant does for a few of them is done by children of one Vagrant that is loaded already, two at a time.
 */
public final class SideBySide {
    private final Path root;
    private final Vagrant vagrant;
    private final Environment environment;
    private int asked;

    /**
     * One project.
     *
     * @param key         its name, without a slash
     * @param vagrantfile the Vagrantfile, below the project's folder
     * @param variables   the variables that it runs with
     */
    public record Project(String key, String vagrantfile, Map<String, String> variables) {}

    /**
     * What became of it.
     *
     * @param key         the project
     * @param fails       why plain Vagrant does not load or start it; empty if it does
     * @param differences what Corral makes of it that plain Vagrant does not, or the other way round
     * @param ran         the number of provisioners that ran
     */
    public record Outcome(String key, String fails, List<String> differences, int ran) {}

    /** All of it happens below an empty folder. */
    public SideBySide(Path root) throws IOException {
        this.root = root;
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("VAGRANT_") || name.startsWith("INSPECT_") || name.startsWith("STUB_"));
        variables.put("VAGRANT_HOME", root.resolve("home").toString());
        Files.createDirectories(root.resolve("world"));
        environment = new Environment(variables);
        vagrant = new Vagrant(environment);
    }

    /** Where the projects are to be laid out, each in a folder of its name. */
    public Path own() {
        return root.resolve("own");
    }

    private Path copied() {
        return root.resolve("copied");
    }

    private Path folder(Project project) {
        return own().resolve(project.key());
    }

    private Map<String, String> variables(Project project) {
        Map<String, String> variables = new HashMap<>(project.variables());
        variables.put("STUB_WORLD", root.resolve("world").toString());
        String name = Path.of(project.vagrantfile()).getFileName().toString();
        if (!name.equalsIgnoreCase("Vagrantfile") || name.equals("VAGRANTFILE")) {
            variables.put("VAGRANT_VAGRANTFILE", name);
        }
        return variables;
    }

    /** Runs these, which have to be laid out. Blocks for about a second for each. */
    public List<Outcome> run(List<Project> projects) throws Exception {
        return run(projects, true);
    }

    /** The same; without {@code up} they are only loaded, and no provider is asked for anything. */
    public List<Outcome> run(List<Project> projects, boolean up) throws Exception {
        asked++;
        Map<String, Resolution> resolved = resolve(projects);
        Map<String, CopyPlan> plans = new HashMap<>();
        Map<String, String> refused = new HashMap<>();
        Map<String, StartHook> hooks = new HashMap<>();
        List<PlainVagrant.Wanted> wanted = new ArrayList<>();
        for (Project project : projects) {
            wanted.add(up(
                    project,
                    "plain",
                    folder(project).resolve(project.vagrantfile()).getParent(),
                    variables(project),
                    up));
            Resolution resolution = resolved.get(project.key());
            if (resolution.anyFailure().isEmpty()) {
                try {
                    CopyPlan plan = copy(project, resolution);
                    plans.put(project.key(), plan);
                    StartHook hook = StartHook.make().orElseThrow();
                    hooks.put(project.key(), hook);
                    Path at = plan.root(copied().resolve(project.key()));
                    wanted.add(up(project, "copied", at, hook.with(variables(project)), up));
                } catch (ExpectedFailure e) {
                    refused.put(project.key(), e.getMessage());
                }
            }
        }
        Map<String, JsonNode> facts = PlainVagrant.facts(vagrant, root.resolve("up" + asked), wanted);
        List<Outcome> outcomes = new ArrayList<>();
        for (Project project : projects) {
            String key = project.key();
            List<String> differences = new ArrayList<>();
            if (refused.containsKey(key)) {
                differences.add("refused: " + refused.get(key));
            }
            JsonNode plain = facts.get(key + " plain");
            JsonNode hooked = facts.get(key + " copied");
            compare(project, resolved.get(key), plain, hooked, plans.get(key), differences);
            if (hooks.containsKey(key)) {
                told(hooks.get(key), hooked, differences);
            }
            outcomes.add(new Outcome(
                    key, fails(plain), differences, plain.path("ran").size()));
        }
        return outcomes;
    }

    private PlainVagrant.Wanted up(
            Project project, String where, Path directory, Map<String, String> variables, boolean up) {
        return new PlainVagrant.Wanted(
                project.key() + " " + where,
                directory.toString(),
                "",
                variables,
                root.resolve("data-" + where).resolve(project.key()).toString(),
                null,
                null,
                up);
    }

    private Map<String, Resolution> resolve(List<Project> projects) throws Exception {
        Map<String, ThrowAway> places = new HashMap<>();
        Map<String, ResolveRequest> requests = new HashMap<>();
        List<PlainVagrant.Wanted> wanted = new ArrayList<>();
        for (Project project : projects) {
            ResolveRequest request = ResolveRequest.of(
                    folder(project).resolve(project.vagrantfile()), variables(project), Optional.empty());
            ThrowAway place = new ThrowAway(request, false);
            requests.put(project.key(), request);
            places.put(project.key(), place);
            wanted.add(new PlainVagrant.Wanted(
                    project.key(),
                    request.vagrantfile().getParent().toString(),
                    "",
                    Map.of(),
                    "",
                    place.variables().get("CORRAL_RESOLVE_REQUEST"),
                    place.log().toString(),
                    false));
        }
        PlainVagrant.facts(vagrant, root.resolve("asked" + asked), wanted);
        Map<String, Resolution> resolved = new HashMap<>();
        for (Project project : projects) {
            try (ThrowAway place = places.get(project.key())) {
                if (!Files.exists(place.answer())) {
                    throw new IllegalStateException("no answer for " + project + ": "
                            + new String(Files.readAllBytes(place.log()), StandardCharsets.ISO_8859_1));
                }
                resolved.put(project.key(), VagrantfileResolver.read(requests.get(project.key()), place));
            }
        }
        return resolved;
    }

    private CopyPlan copy(Project project, Resolution resolution) throws Exception {
        Path sandbox = Files.createDirectories(copied().resolve(project.key()));
        CopyPlan plan = CopyPlan.of(resolution, Path.of(resolution.vagrantfile()), environment, copied());
        Copier.copy(plan, sandbox, plan.root(sandbox), CopyProgress.NONE);
        return plan;
    }

    private static String fails(JsonNode facts) {
        return facts.has("error")
                        || facts.has("exit") && !facts.path("exit").asText().equals("0")
                ? facts.path("error").asText(facts.path("exit").asText())
                : "";
    }

    private void compare(
            Project project,
            Resolution resolution,
            JsonNode plain,
            @Nullable JsonNode hooked,
            @Nullable CopyPlan plan,
            List<String> differences) {
        Optional<ResolveFailure> failure = resolution.anyFailure();
        if (plain.has("error") || failure.isPresent()) {
            String said = plain.path("error").asText("nothing");
            // A process that ends at once, or becomes another one, tells nobody why.
            boolean alike = failure.isPresent()
                    && (said.contains(failure.get().type())
                            || (said.equals("it ended without a word")
                                    && failure.get().type().equals("SystemExit"))
                            || said.contains(failure.get().message())
                            || failure.get().vagrant().filter(said::contains).isPresent());
            if (!alike) {
                differences.add("plain fails with " + said + ", Corral with " + failure);
            }
            return;
        }
        List<String> story = Story.of(plain, own());
        unless(story, Story.of(resolution, own()), "resolved", differences);
        if (plan == null || hooked == null) {
            return;
        }
        Path sandbox = copied().resolve(project.key());
        Path inCopy = plan.root(sandbox);
        Path inProject = folder(project).resolve(project.vagrantfile()).getParent();
        List<String> there = Story.of(hooked, inCopy.resolve("nothing is here")).stream()
                .map(line -> asInProject(line, inCopy, inProject, plan.above()))
                .map(line -> line.replace(own().toString(), ""))
                .map(SideBySide::withoutDefaultShare)
                .toList();
        unless(story.stream().map(SideBySide::withoutDefaultShare).toList(), there, "copied", differences);
        for (String what : List.of("exit", "ran", "shared")) {
            String other = asInProject(hooked.path(what).toString(), inCopy, inProject, plan.above());
            unless(List.of(plain.path(what).toString()), List.of(other), what, differences);
        }
    }

    // What lies above Vagrant's root lies above it in the copy as well.
    private static String asInProject(String text, Path inCopy, Path inProject, int above) {
        String told = text;
        Path copy = inCopy;
        Path project = inProject;
        for (int i = 0; i <= above; i++) {
            told = told.replace(copy.toString(), project.toString());
            copy = copy.getParent();
            project = project.getParent();
        }
        return told;
    }

    // Vagrant shares the project's folder unasked; Corral does not.
    private static String withoutDefaultShare(String line) {
        return line.replace(". /vagrant  false", ". /vagrant  true");
    }

    private static void unless(List<String> plain, List<String> ours, String what, List<String> differences) {
        if (!plain.equals(ours)) {
            differences.add(what + ":\n  plain  " + String.join("\n         ", plain) + "\n  corral "
                    + String.join("\n         ", ours));
        }
    }

    // What our Ruby says of it must be so, and it must not have had any trouble.
    private static void told(StartHook hook, @Nullable JsonNode hooked, List<String> differences) {
        ToldRuns runs = new ToldRuns();
        try (hook) {
            hook.read(one -> {
                runs.accept(one);
                if (one instanceof Told.Trouble trouble) {
                    differences.add("trouble in our Ruby: " + trouble);
                }
            });
            if (hooked == null || hooked.has("error")) {
                return;
            }
            if (!hook.loaded()) {
                differences.add("our Ruby was not there");
            }
            List<String> told = runs.machines().stream()
                    .flatMap(machine -> machine.ended().stream())
                    .map(run -> run.machine() + " " + run.index() + " " + run.type())
                    .toList();
            List<String> ran = new ArrayList<>();
            hooked.path("ran")
                    .forEach(one -> ran.add(one.path("machine").asText() + " "
                            + one.path("index").asText() + " "
                            + one.path("type").asText()));
            unless(ran, told, "told of provisioners", differences);
        }
    }
}
