package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.inspect.log.LogFiles;
import dev.corral.core.recording.replay.CommandWalk;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.solve.SessionRecordings;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person entered while they solved a sample: read off the session's recordings, else off those that the log holds. Blocks. */
final class DoneByHand {
    private static final Logger LOG = LoggerFactory.getLogger(DoneByHand.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,100}\\.(?:timing|output)");

    // Its first word, or one behind another command on the same line.
    private static final Pattern INSPECTS = Pattern.compile("(?:^|[;&|]\\s*)task(?:\\s|$)|^(?:exit|logout)$");

    private final Environment environment;

    DoneByHand(Environment environment) {
        this.environment = environment;
    }

    List<Blind.Step> of(Rating.Item item) {
        if (!item.session().isEmpty()) {
            try {
                List<Path> ours = SessionRecordings.of(
                        new SolveStore(environment).find(item.session()).folder());
                if (!ours.isEmpty()) {
                    return steps(ours);
                }
            } catch (IOException | ExpectedFailure e) {
                LOG.debug("the session {} is not here", item.session(), e);
            }
        }
        JsonNode kept = new LogFiles(environment)
                .recordings(item.log(), item.sample(), item.epoch())
                .path("recordings");
        Path folder = null;
        try {
            folder = Files.createTempDirectory("corral-rating", SafeFiles.privateDirectory());
            for (Map.Entry<String, JsonNode> file : kept.properties()) {
                if (NAME.matcher(file.getKey()).matches()) {
                    Files.writeString(
                            folder.resolve(file.getKey()), file.getValue().asText(), StandardCharsets.UTF_8);
                }
            }
            try (Stream<Path> files = Files.list(folder)) {
                return steps(files.filter(one -> one.toString().endsWith(".timing"))
                        .sorted()
                        .toList());
            }
        } catch (IOException e) {
            LOG.warn("the recordings in {} can't be read", item.log(), e);
            return List.of();
        } finally {
            remove(folder);
        }
    }

    private static void remove(@org.jspecify.annotations.Nullable Path folder) {
        try {
            if (folder != null) {
                SafeFiles.deleteTree(folder);
            }
        } catch (IOException e) {
            LOG.warn("{} is left", folder, e);
        }
    }

    private static List<Blind.Step> steps(List<Path> recordings) throws IOException {
        List<Blind.Step> steps = new ArrayList<>();
        for (Path file : recordings) {
            try (Recording recording = Recording.open(file)) {
                recording.length();
                for (CommandWalk.Step step : CommandWalk.of(recording)) {
                    // Inspect's own commands tell that a person was at work.
                    if (!INSPECTS.matcher(step.command().strip()).find()) {
                        steps.add(new Blind.Step(step.command(), String.join("\n", step.output())));
                    }
                }
            } catch (ExpectedFailure e) {
                LOG.warn("{} is passed over", file, e);
            }
        }
        return steps;
    }
}
