package dev.corral.core.operation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.OperationKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took, so that a new one can say how long it usually takes. What is compared is of the same kind and about the same
 * thing: the Vagrantfile, or how much a cleanup has to do.
 */
public final class OperationTimes {
    private static final int KEPT = 500;
    private static final int COUNTED = 9;

    private final Path file;

    /** Times in this file, which need not exist. */
    public OperationTimes(Path file) {
        this.file = file;
    }

    /**
     * One operation that went well.
     *
     * @param vagrantfile what a start was about; older versions know starts only, and none of the other fields
     * @param kind        the kind of any other, by its word
     * @param about       what that was about
     * @param seconds     how long it took
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Taken(
            @Nullable String vagrantfile,
            @Nullable String kind,
            @Nullable String about,
            double seconds) {
        private static Taken of(OperationKind kind, String about, double seconds) {
            return kind == OperationKind.START
                    ? new Taken(about, null, null, seconds)
                    : new Taken(null, kind.word(), about, seconds);
        }

        private boolean is(OperationKind wanted, String what) {
            return wanted == OperationKind.START
                    ? what.equals(vagrantfile)
                    : OperationKind.of(kind) == wanted && what.equals(about);
        }
    }

    /** Notes one that went well. */
    public void note(OperationKind kind, String about, Duration took) throws IOException {
        Files.createDirectories(file.getParent(), SafeFiles.privateDirectory());
        List<Taken> all = read();
        byte[] line = (Json.mapper().writeValueAsString(Taken.of(kind, about, took.toMillis() / 1000.0)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        if (all.size() < KEPT) {
            SafeFiles.append(file, line, false);
            return;
        }
        StringBuilder half = new StringBuilder();
        for (Taken taken : all.subList(all.size() / 2, all.size())) {
            half.append(Json.mapper().writeValueAsString(taken)).append('\n');
        }
        SafeFiles.replace(file, (half + new String(line, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    }

    /** The median of the last ones of this kind about this; empty when there were none. */
    public Optional<Duration> usual(OperationKind kind, String about) throws IOException {
        List<Double> times = new ArrayList<>(read().stream()
                .filter(taken -> taken.is(kind, about))
                .map(Taken::seconds)
                .toList());
        if (times.isEmpty()) {
            return Optional.empty();
        }
        List<Double> last = new ArrayList<>(times.subList(Math.max(0, times.size() - COUNTED), times.size()));
        last.sort(null);
        return Optional.of(Duration.ofMillis(Math.round(last.get(last.size() / 2) * 1000)));
    }

    private List<Taken> read() throws IOException {
        List<Taken> all = new ArrayList<>();
        try {
            for (String line : OrdinaryFile.text(file).split("\n")) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    Taken taken = Json.mapper().readValue(line, Taken.class);
                    if (taken.vagrantfile() != null || taken.about() != null) {
                        all.add(taken);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return all;
        }
        return all;
    }
}
