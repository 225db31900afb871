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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which Vagrant is asked one question: empty places for what it writes, our Ruby, the question and the answer. */
final class ThrowAway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThrowAway.class);
    private static final List<String> RUBY = List.of(
            "resolve.rb", "plain.rb", "asker.rb", "trace.rb", "variables.rb", "lines.rb", "failure.rb", "describe.rb");

    private final Path folder;

    ThrowAway(ResolveRequest request) throws IOException {
        folder = Files.createTempDirectory("corral-resolve-");
        Files.createDirectory(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("ruby"));
        for (String name : RUBY) {
            try (InputStream in = Objects.requireNonNull(ThrowAway.class.getResourceAsStream(name), name)) {
                Files.copy(in, folder.resolve("ruby").resolve(name));
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
        Json.mapper().writeValue(folder.resolve("question.json").toFile(), question);
    }

    /** What Vagrant needs to come here, and not to the project. */
    Map<String, String> variables() {
        return Map.of(
                "VAGRANT_CWD",
                folder.resolve("empty").toString(),
                "VAGRANT_VAGRANTFILE",
                folder.resolve("ruby/resolve.rb").toString(),
                "VAGRANT_DOTFILE_PATH",
                folder.resolve("state").toString(),
                "CORRAL_RESOLVE_REQUEST",
                folder.resolve("question.json").toString());
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
