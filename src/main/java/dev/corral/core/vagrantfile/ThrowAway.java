package dev.corral.core.vagrantfile;

import dev.corral.core.base.Json;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which Vagrant is asked one question: empty places for what it writes, our Ruby, the question and the answer. */
final class ThrowAway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThrowAway.class);
    private static final String RUBY_FOLDER = "gems/corral-resolve";
    private static final List<String> RUBY = List.of(
            "resolve.rb",
            "stay.rb",
            "plain.rb",
            "asker.rb",
            "trace.rb",
            "variables.rb",
            "lines.rb",
            "failure.rb",
            "describe.rb");

    private final Path folder;
    private final boolean stays;

    /** @param stays whether Vagrant is to wait here after its answer */
    ThrowAway(ResolveRequest request, boolean stays) throws IOException {
        this.stays = stays;
        folder = Files.createTempDirectory("corral-resolve-");
        Files.createDirectory(folder.resolve("empty"));
        // Backtraces are read by people: what is below such a folder is nobody's own file.
        Path ruby = Files.createDirectories(folder.resolve(RUBY_FOLDER));
        for (String name : RUBY) {
            try (InputStream in = Objects.requireNonNull(ThrowAway.class.getResourceAsStream(name), name)) {
                Files.copy(in, ruby.resolve(name));
            }
        }
        Map<String, Object> question = new HashMap<>();
        question.put(
                "directory",
                Objects.requireNonNull(request.vagrantfile().getParent()).toString());
        question.put("name", request.vagrantfile().getFileName().toString());
        question.put("provider", request.provider().orElse(null));
        question.put("arguments", request.arguments());
        question.put("variables", request.variables());
        question.put("limit", request.limit().toSeconds());
        question.put("data", folder.resolve("data").toString());
        question.put("answer", answer().toString());
        if (stays) {
            question.put("stay", folder.toString());
        }
        Json.mapper().writeValue(folder.resolve("question.json").toFile(), question);
    }

    /** Where Vagrant is started: where it evaluates the file, but for one that stays, which leads nobody to take it for the project's. */
    Path directory(ResolveRequest request) {
        return stays ? empty() : Objects.requireNonNull(request.vagrantfile().getParent());
    }

    private Path empty() {
        return folder.resolve("empty");
    }

    /** What Vagrant needs to come here, and not to the project. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "VAGRANT_VAGRANTFILE",
                folder.resolve(RUBY_FOLDER).resolve("resolve.rb").toString(),
                "VAGRANT_DOTFILE_PATH",
                folder.resolve("state").toString(),
                "CORRAL_RESOLVE_REQUEST",
                folder.resolve("question.json").toString()));
        if (!stays) {
            // What a process was started with is seen as long as it lives, and says where it works.
            variables.put("VAGRANT_CWD", empty().toString());
        }
        return variables;
    }

    /** Whether the one that stays has answered, or will not. */
    boolean answered() {
        return stays && Files.exists(folder.resolve("answered"));
    }

    /** The process that answers for one that stays; empty if it has ended or is not known. */
    Optional<Long> child() {
        try {
            return answered()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(Files.readString(folder.resolve("child"))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Tells the one that stays what to go on as. */
    void order(Map<String, Object> order) throws IOException {
        SafeFiles.replace(folder.resolve("order.json"), Json.mapper().writeValueAsBytes(order));
    }

    /** Whether it has begun with that. */
    boolean taken() {
        return Files.exists(folder.resolve("taken"));
    }

    /** Where the answer will be. */
    Path answer() {
        return folder.resolve("answer.json");
    }

    /** What is printed goes here. */
    Path log() {
        return folder.resolve("log");
    }

    @Override
    public void close() {
        try {
            SafeFiles.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("{} can't be removed", folder, e);
        }
    }
}
