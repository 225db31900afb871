package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plain Vagrant's view of many projects, for the price of one start: see {@code facts.rb}. */
final class PlainVagrant {
    private PlainVagrant() {}

    /**
     * A project.
     *
     * @param key       what the answer is to be found under
     * @param directory the Vagrantfile's folder
     * @param name      the Vagrantfile's name; empty for what Vagrant's own rules find
     * @param variables variables on top of ours
     * @param data      where its {@code .vagrant} is to be
     * @param question  a question of Corral's that is to be answered instead; null for plain facts
     * @param log       where what is printed meanwhile goes
     * @param up        whether the machines are started as well
     */
    record Wanted(
            String key,
            String directory,
            String name,
            Map<String, String> variables,
            String data,
            String question,
            String log,
            boolean up) {}

    static Map<String, JsonNode> facts(Vagrant vagrant, Path folder, List<Wanted> wanted) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        try (InputStream in = PlainVagrant.class.getResourceAsStream("/vagrantfile-facts/facts.rb")) {
            Files.write(folder.resolve("facts.rb"), in.readAllBytes());
        }
        // Only who is asked: in a start Corral has other Ruby of its own.
        boolean asks = wanted.stream().anyMatch(one -> one.question() != null);
        Path ours = Path.of(Objects.requireNonNull(PlainVagrant.class.getResource("resolve.rb"))
                .toURI());
        Path question = folder.resolve("wanted.json");
        Path answer = folder.resolve("facts.json");
        Json.mapper().writeValue(question.toFile(), wanted);
        Map<String, String> variables = new HashMap<>(Map.of(
                "VAGRANT_CWD",
                folder.resolve("empty").toString(),
                "VAGRANT_VAGRANTFILE",
                folder.resolve("facts.rb").toString(),
                "VAGRANT_DOTFILE_PATH",
                folder.resolve("state").toString(),
                "PLAIN_WANTED",
                question.toString(),
                "PLAIN_FACTS",
                answer.toString()));
        if (asks) {
            variables.put("RESOLVE_RUBY", ours.toString());
        }
        VagrantRun run = vagrant.start(folder, List.of("plain-facts"), variables, folder.resolve("log"));
        if (!run.waitFor(Duration.ofMinutes(10))) {
            run.kill();
            throw new IllegalStateException("plain Vagrant did not end: " + Files.readString(folder.resolve("log")));
        }
        if (!Files.exists(answer)) {
            throw new IllegalStateException("plain Vagrant gave no facts: " + Files.readString(folder.resolve("log")));
        }
        Map<String, JsonNode> facts = new LinkedHashMap<>();
        Json.mapper().readTree(answer.toFile()).properties().forEach(one -> facts.put(one.getKey(), one.getValue()));
        return facts;
    }
}
