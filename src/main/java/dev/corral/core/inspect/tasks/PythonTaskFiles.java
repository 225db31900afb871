package dev.corral.core.inspect.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads task files by running a small script in the user's own Python. Answers are kept in memory for as long as the file
 * and the interpreter stay the same.
 */
public final class PythonTaskFiles implements TaskFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PythonTaskFiles.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Sources may be addresses, and Inspect takes two minutes for each that does not answer. */
    private static final Duration CONTENTS_LIMIT = Duration.ofMinutes(10);

    private static final int KEPT = 64;

    private final PythonLocator locator;
    private final PythonScripts scripts;
    private final Map<Key, List<EvalTask>> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<EvalTask>> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(Path file, Optional<String> task, FileTime modified, long size, Path python) {}

    /** Reads with the Python that these variables lead to. */
    public PythonTaskFiles(Environment environment) {
        this.scripts = new PythonScripts(environment);
        this.locator = new PythonLocator(environment);
    }

    @Override
    public List<EvalTask> load(Path fileOrFolder, Optional<String> task) {
        Path path = fileOrFolder.toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw ExpectedFailure.notFound(
                    "There is no task file " + path, "Check the path; a task file is a .py file.");
        }
        if (Files.isRegularFile(path) && MeantVagrantfile.of(path).isPresent()) {
            throw ExpectedFailure.usage(
                    path + " is a Vagrantfile, and no task file.",
                    "corral start starts it, corral ui opens it; a task names it as its sandbox.");
        }
        Path python = locator.locate();
        // A folder's own time says nothing about the files in it, so only single files are kept.
        if (!Files.isRegularFile(path)) {
            return read(python, path, task);
        }
        Key key = key(path, task, python);
        synchronized (kept) {
            List<EvalTask> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        List<EvalTask> tasks = read(python, path, task);
        synchronized (kept) {
            kept.put(key, tasks);
        }
        return tasks;
    }

    @Override
    public void forget() {
        synchronized (kept) {
            kept.clear();
        }
    }

    private List<EvalTask> read(Path python, Path path, Optional<String> task) {
        List<String> arguments = new ArrayList<>();
        task.ifPresent(name -> arguments.add("--task=" + name));
        arguments.addAll(List.of("--", path.toString()));
        ProcessResult result = scripts.run(python, ListingHelper.LIST, arguments, path, LIMIT);
        try {
            ListingDocument document = ListingDocument.parse(result.stdout());
            document.error().ifPresent(problem -> {
                throw PythonScripts.failure(problem);
            });
            return document.tasks();
        } catch (JsonProcessingException e) {
            throw PythonScripts.noAnswer(result, path, e);
        }
    }

    @Override
    public SampleContents contents(Path taskFile, String task, String sample) {
        Path path = taskFile.toAbsolutePath().normalize();
        Path python = locator.locate();
        Path folder;
        try {
            folder = Files.createTempDirectory("corral-sample-");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "There is no room for the sample's files among the temporary files of this machine.",
                    "See that the folder for temporary files has room and can be written to.",
                    e);
        }
        boolean done = false;
        try {
            ProcessResult result = scripts.run(
                    python,
                    ListingHelper.CONTENTS,
                    List.of("--task=" + task, "--sample=" + ascii(sample), "--into=" + folder, "--", path.toString()),
                    path,
                    CONTENTS_LIMIT);
            try {
                ListingDocument.parse(result.stdout()).error().ifPresent(problem -> {
                    throw PythonScripts.failure(problem);
                });
                SampleContents contents = ContentsDocument.parse(result.stdout(), folder);
                done = true;
                return contents;
            } catch (JsonProcessingException e) {
                throw PythonScripts.noAnswer(result, path, e);
            }
        } finally {
            if (!done) {
                discard(folder);
            }
        }
    }

    // Ids may hold what no argument of a process can.
    private static String ascii(String id) {
        try {
            return Json.mapper()
                    .writer()
                    .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .writeValueAsString(id);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(id, e);
        }
    }

    private static void discard(Path folder) {
        try {
            SampleContents.remove(folder);
        } catch (IOException e) {
            LOG.warn("{} is left behind", folder, e);
        }
    }

    private static Key key(Path file, Optional<String> task, Path python) {
        try {
            return new Key(file, task, Files.getLastModifiedTime(file), Files.size(file), python);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
