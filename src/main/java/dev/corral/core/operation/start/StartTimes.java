package dev.corral.core.operation.start;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long starts of each Vagrantfile took, so that a new one can say how long it usually takes. */
public final class StartTimes {
    private static final int KEPT = 500;
    private static final int COUNTED = 9;

    private final Path file;

    /** Times in this file, which need not exist. */
    public StartTimes(Path file) {
        this.file = file;
    }

    /** One start that went well. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Taken(String vagrantfile, double seconds) {}

    /** Notes a start that went well. */
    public void note(String vagrantfile, Duration took) throws IOException {
        Files.createDirectories(file.getParent(), SafeFiles.privateDirectory());
        List<Taken> all = read();
        byte[] line = (Json.mapper().writeValueAsString(new Taken(vagrantfile, took.toMillis() / 1000.0)) + "\n")
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

    /** The median of the last starts of this Vagrantfile; empty when there were none. */
    public Optional<Duration> usual(String vagrantfile) throws IOException {
        List<Double> times = new ArrayList<>(read().stream()
                .filter(taken -> taken.vagrantfile().equals(vagrantfile))
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
                    if (taken.vagrantfile() != null) {
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
