package dev.corral.core.solve.attempts;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.Solving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads attempts of people and models from where they lie: sessions of this user, and folders of logs. Its methods block. */
public final class AttemptReader {
    private final Environment environment;
    private final Solving solving;

    /** Over these sessions. */
    public AttemptReader(Environment environment, Solving solving) {
        this.environment = environment;
        this.solving = solving;
    }

    /**
     * What was found.
     *
     * @param attempts the attempts
     * @param logs     what was read of each log, and of each that can't be read, why
     */
    public record Found(List<Attempt> attempts, List<LogRow> logs) {
        /** Copies the lists. */
        public Found {
            attempts = List.copyOf(attempts);
            logs = List.copyOf(logs);
        }

        /** The logs that can't be read. */
        public List<LogRow> problems() {
            return logs.stream().filter(log -> !log.problem().isEmpty()).toList();
        }

        /** The logs that have more samples than were read. */
        public List<LogRow> cut() {
            return logs.stream().filter(LogRow::cut).toList();
        }
    }

    /** Where logs are looked for when nobody names a folder: {@code INSPECT_LOG_DIR}, else {@code logs}, beside the task file. */
    public List<Path> usualFolders(Optional<Path> taskFile) {
        Path here =
                taskFile.map(named -> Objects.requireNonNull(named.getParent())).orElse(Path.of(""));
        Path usual = here.resolve(environment.get("INSPECT_LOG_DIR").orElse("logs"));
        return Files.isDirectory(usual) ? List.of(usual) : List.of();
    }

    /**
     * Reads them.
     *
     * @param folders the folders with logs, and all below them
     * @throws ExpectedFailure if a folder is not there, has too many logs, or no Inspect is found that reads them
     */
    public Found read(List<Path> folders, Attempts.Wanted wanted) {
        List<Path> logs = new ArrayList<>();
        List<LogRow> rows = new ArrayList<>();
        for (Path folder : folders) {
            AttemptLogs.Found found = AttemptLogs.find(folder);
            logs.addAll(found.logs());
            rows.addAll(found.problems());
        }
        rows.addAll(new AttemptLogs(environment).read(logs));
        return new Found(
                Attempts.of(
                        solving.listWithEnds(),
                        rows,
                        wanted,
                        status -> CommandCount.of(
                                solving.store().find(status.session().id()).folder())),
                rows);
    }
}
