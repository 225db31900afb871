package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantProcesses;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Asks Vagrant what a Vagrantfile means, and remembers the answer. Asking runs the file, which is Ruby of somebody's: only call this
 * once the user has said that it may run. Nothing is started, and nothing of the project or of Vagrant's index is written. Thread-safe;
 * blocks for a second or two when the answer is not remembered.
 */
public final class VagrantfileResolver {
    private static final Duration STEP = Duration.ofMillis(15);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long MOST_OUTPUT = 16L << 20;
    private static final int KEPT_OUTPUT = 64 << 10;
    private static final long LARGEST_ANSWER = 64L << 20;
    private static final int LAST_LINES = 15;

    private final Vagrant vagrant;
    private final ResolutionCache cache;

    /**
     * @param vagrant the Vagrant to ask
     * @param folder  where answers are remembered; made when it is needed
     */
    public VagrantfileResolver(Vagrant vagrant, Path folder) {
        this.vagrant = vagrant;
        this.cache = new ResolutionCache(folder);
    }

    /**
     * What the Vagrantfile means.
     *
     * @throws ExpectedFailure       if it can not be resolved: the sentence names the line and what stands in the way
     * @throws CancellationException if the calling thread is interrupted
     */
    public Resolution resolve(ResolveRequest request) {
        Resolution resolution = examine(request);
        resolution.anyFailure().ifPresent(failure -> {
            throw FailureWords.of(request.vagrantfile(), failure);
        });
        return resolution;
    }

    /**
     * What the Vagrantfile means, or in {@link Resolution#anyFailure} why that can not be told, with what was read up to there.
     *
     * @throws ExpectedFailure       if there is no such file, Vagrant gives no answer, or it takes too long
     * @throws CancellationException if the calling thread is interrupted
     */
    public Resolution examine(ResolveRequest request) {
        return examine(request, Optional.empty());
    }

    /**
     * The same. Where Vagrant has to be asked, it waits afterwards to go on as the command with the request's arguments.
     *
     * @param keeper gets it, unless that is not possible
     */
    public Resolution examine(ResolveRequest request, LoadedVagrant.Keeper keeper) {
        return examine(request, Optional.of(keeper));
    }

    private Resolution examine(ResolveRequest request, Optional<LoadedVagrant.Keeper> keeper) {
        check(request.vagrantfile());
        Map<String, String> values = vagrant.variables(request.variables());
        String question = question(request, values);
        Optional<Resolution> known = cache.find(question, values);
        if (known.isPresent()) {
            return known.get();
        }
        long asked = System.currentTimeMillis();
        Resolution resolution = ask(request, keeper);
        cache.store(question, values, resolution, asked);
        return resolution;
    }

    /**
     * Asks once more with another suffix for machine names, if the file reads it, so that answers for later sandboxes, each of which
     * has its own, are known to differ in that alone. Costs a start of Vagrant or nothing; meant for the time in which a machine boots.
     *
     * @throws ExpectedFailure       as {@link #examine}
     * @throws CancellationException if the calling thread is interrupted
     */
    public void learnSuffix(ResolveRequest request) {
        Optional<String> suffix = Suffixes.of(request.variables());
        if (suffix.isPresent()
                && examine(request).variables().stream()
                        .anyMatch(one -> one.name().equals(Suffixes.VARIABLE))) {
            Map<String, String> variables = new HashMap<>(request.variables());
            variables.put(Suffixes.VARIABLE, Suffixes.another(suffix.get()));
            examine(new ResolveRequest(
                    request.vagrantfile(), variables, request.provider(), request.arguments(), request.limit()));
        }
    }

    private static void check(Path vagrantfile) {
        try {
            OrdinaryFile.check(vagrantfile);
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound("There is no Vagrantfile " + vagrantfile + ".", "Check the path.");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    vagrantfile + " can't be read as a Vagrantfile: " + e.getMessage() + ".",
                    "Check that it is a file that you may read.",
                    e);
        }
        if (!Files.isReadable(vagrantfile)) {
            throw ExpectedFailure.failed(
                    "You may not read the Vagrantfile " + vagrantfile + ".", "Give yourself access to it.");
        }
    }

    // Besides what the file reads: which Vagrant, which of its homes, and where programs are looked for decide
    // everything.
    private String question(ResolveRequest request, Map<String, String> values) {
        StringBuilder deciding = new StringBuilder();
        values.keySet().stream()
                .filter(name -> name.startsWith("VAGRANT_")
                        || name.equals("HOME")
                        || name.equals("PATH")
                        || name.equals("LC_ALL")
                        || name.equals("LANG"))
                .sorted()
                .forEach(name -> deciding.append(FileState.hash(name, Objects.requireNonNull(values.get(name)))));
        return FileState.hash(
                request.vagrantfile().toString(),
                request.provider().orElse(""),
                String.join("\0", request.arguments()),
                vagrant.executable().toString(),
                deciding.toString());
    }

    private Resolution ask(ResolveRequest request, Optional<LoadedVagrant.Keeper> keeper) {
        ThrowAway place = null;
        boolean kept = false;
        try {
            place = new ThrowAway(request, keeper.isPresent());
            Map<String, String> context = new HashMap<>(request.variables());
            context.putAll(place.variables());
            List<String> arguments = new ArrayList<>(List.of(VagrantProcesses.ASKING));
            if (keeper.isPresent()) {
                // For people and programs that look at processes; it is told once more when it goes on.
                arguments.addAll(request.arguments());
            }
            long since = System.nanoTime();
            VagrantRun run = vagrant.start(place.directory(request), arguments, context, place.log());
            boolean late;
            boolean done = false;
            try {
                late = !follow(run, place, request.limit());
                Resolution answer = answer(request, place, late);
                done = true;
                if (keeper.isPresent() && answer.anyFailure().isEmpty() && run.alive()) {
                    keeper.get().keep(new LoadedVagrant(run, place, since));
                    kept = true;
                }
                return answer;
            } finally {
                if (!kept) {
                    // What the file left running, too.
                    end(run, place, done);
                }
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Vagrant can't be asked about " + request.vagrantfile() + ": " + e.getMessage(),
                    "Check that vagrant runs in a terminal.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Asking Vagrant about " + request.vagrantfile() + " was stopped.");
        } finally {
            if (place != null && !kept) {
                place.close();
            }
        }
    }

    private static void end(VagrantRun run, ThrowAway place, boolean done) throws IOException {
        Optional<Long> child = done ? Optional.empty() : place.child();
        if (child.isPresent()) {
            run.killWith(child.get());
        } else {
            run.kill();
        }
    }

    // Whether it ended in time.
    private static boolean follow(VagrantRun run, ThrowAway place, Duration limit)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!place.answered() && !run.waitFor(STEP)) {
            if (Files.exists(place.log()) && Files.size(place.log()) > MOST_OUTPUT) {
                run.kill();
                throw ExpectedFailure.failed(
                                "The Vagrantfile prints without an end: more than " + (MOST_OUTPUT >> 20) + " MiB.",
                                "Mend the part that prints.")
                        .withDetails(PlainText.line(head(place.log(), 200), 200));
            }
            if (System.nanoTime() >= until) {
                // Ruby takes it for an Interrupt, whose backtrace tells where the file hangs.
                run.interrupt();
                if (!over(run, place)) {
                    run.kill();
                }
                return false;
            }
        }
        return true;
    }

    private static boolean over(VagrantRun run, ThrowAway place) throws InterruptedException {
        long until = System.nanoTime() + GRACE.toNanos();
        while (System.nanoTime() < until) {
            if (place.answered() || run.waitFor(STEP)) {
                return true;
            }
        }
        return false;
    }

    private Resolution answer(ResolveRequest request, ThrowAway place, boolean late) throws IOException {
        Resolution told = Files.exists(place.answer()) ? read(request, place) : null;
        if (late) {
            throw FailureWords.late(
                    request.vagrantfile(),
                    request.limit(),
                    Optional.ofNullable(told).flatMap(Resolution::anyFailure));
        }
        if (told == null) {
            List<String> lines = tail(place.log());
            throw ExpectedFailure.failed(
                            "Vagrant gave no answer about " + request.vagrantfile() + ".",
                            "Run vagrant validate beside it, and mend what it complains about.")
                    .withDetails(String.join("\n", lines));
        }
        return told;
    }

    /** The answer that Vagrant left in that place. */
    static Resolution read(ResolveRequest request, ThrowAway place) throws IOException {
        JsonNode answer = Json.mapper().readTree(OrdinaryFile.read(place.answer(), LARGEST_ANSWER));
        if (answer instanceof ObjectNode object) {
            object.put("vagrantfile", request.vagrantfile().toString());
            object.put("printed", Files.exists(place.log()) ? head(place.log(), KEPT_OUTPUT) : "");
        }
        return Json.mapper().treeToValue(answer, Resolution.class);
    }

    private static String head(Path log, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        }
    }

    private static List<String> tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        List<String> lines = head(log, (int) MOST_OUTPUT)
                .lines()
                .map(line -> PlainText.line(line, 300))
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }
}
