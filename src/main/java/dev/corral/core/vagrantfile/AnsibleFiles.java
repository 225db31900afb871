package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an Ansible run. A playbook in a folder of its own brings that folder; one that lies beside the Vagrantfile brings what
 * Ansible looks for there, since that folder may hold anything.
 */
final class AnsibleFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AnsibleFiles.class);
    private static final List<String> BESIDE = List.of(
            "roles",
            "group_vars",
            "host_vars",
            "library",
            "module_utils",
            "collections",
            "files",
            "templates",
            "tasks",
            "handlers",
            "vars",
            "defaults",
            "meta",
            "inventory",
            "inventories",
            "requirements.yml",
            "requirements.yaml",
            "action_plugins",
            "callback_plugins",
            "connection_plugins",
            "filter_plugins",
            "lookup_plugins",
            "strategy_plugins",
            "test_plugins",
            "vars_plugins");
    private static final Pattern PLAYBOOK_PART = Pattern.compile("(?i).*\\.(ya?ml|j2)");
    private static final Pattern SETTING =
            Pattern.compile("\\s*(roles_path|library|module_utils|inventory|collections_paths?|"
                    + "vault_password_file|private_key_file|[a-z]+_plugins)\\s*=\\s*([^#;]+).*");
    private static final Pattern ARGUMENT =
            Pattern.compile("(?:-e|--extra-vars|-i|--inventory(?:-file)?|--vault-password-file|--vault-id|"
                    + "--private-key|--key-file)(?:[= ](.+))?");
    /** What a playbook names above its folder, as in {@code vars_files: ../vars/all.yml}. */
    private static final Pattern ABOVE = Pattern.compile("(?:\\.\\./)++[\\w.@+-]+(?:/[\\w.@+-]+)*");

    private static final int MOST_PARTS = 500;
    private static final int DEEPEST = 6;
    private static final long LARGEST_SETTINGS = 1 << 20;

    private final NamedFiles files;
    private final Path root;

    AnsibleFiles(NamedFiles files, Path root) {
        this.files = files;
        this.root = root;
    }

    /** Run on this machine, in the Vagrantfile's folder. */
    void host(JsonNode settings) {
        for (String key :
                List.of("playbook", "inventory_path", "galaxy_role_file", "vault_password_file", "config_file")) {
            files.add(settings.path(key), true, true);
        }
        files.add(settings.path("galaxy_roles_path"), false, true);
        for (String key : List.of("extra_vars", "limit")) {
            NamedFiles.texts(settings.path(key)).stream()
                    .filter(text -> text.startsWith("@"))
                    .forEach(text -> files.add(text.substring(1), true, true));
        }
        arguments(NamedFiles.texts(settings.path("raw_arguments")), true);
        settings.path("playbook").asText("").transform(files::resolve).ifPresent(playbook -> playbook(playbook, true));
        settings.path("inventory_path").asText("").transform(files::resolve).ifPresent(inventory -> {
            Path folder = Files.isDirectory(inventory) ? inventory : Objects.requireNonNull(inventory.getParent());
            files.addIfThere(folder.resolve("group_vars"), true);
            files.addIfThere(folder.resolve("host_vars"), true);
        });
        configuration(
                settings.path("config_file")
                        .asText("")
                        .transform(files::resolve)
                        .orElse(root.resolve("ansible.cfg")),
                true);
    }

    /** Run in the guest, where a synced folder shows the project. */
    void guest(JsonNode settings) {
        String folder = settings.path("provisioning_path").asText("/vagrant");
        for (String key : List.of(
                "playbook",
                "inventory_path",
                "galaxy_role_file",
                "galaxy_roles_path",
                "vault_password_file",
                "config_file")) {
            String path = settings.path(key).asText("");
            if (!path.isEmpty()) {
                files.inGuest(path.startsWith("/") ? path : folder + "/" + path)
                        .flatMap(files::resolve)
                        .ifPresent(file -> {
                            files.add(file.toString(), key.equals("playbook"), false);
                            if (key.equals("playbook")) {
                                playbook(file, false);
                            }
                        });
            }
        }
        files.inGuest(folder)
                .flatMap(files::resolve)
                .ifPresent(project -> configuration(project.resolve("ansible.cfg"), false));
    }

    private void playbook(Path playbook, boolean onHost) {
        Path folder = playbook.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        above(folder, playbook, onHost);
        if (!root.startsWith(folder)) {
            files.addIfThere(folder, onHost);
            return;
        }
        BESIDE.forEach(name -> files.addIfThere(folder.resolve(name), onHost));
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> PLAYBOOK_PART
                                    .matcher(entry.getFileName().toString())
                                    .matches()
                            && Files.isRegularFile(entry))
                    .sorted()
                    .forEach(entry -> files.addIfThere(entry, onHost));
        } catch (IOException e) {
            LOG.info("the folder of the playbook {} can't be listed: {}", playbook, e.toString());
        }
    }

    // Playbooks and tasks name files from the playbook's folder or from their own, and what they name may name more.
    private void above(Path folder, Path playbook, boolean onHost) {
        Deque<Path> waiting = new ArrayDeque<>(List.of(playbook));
        if (!root.startsWith(folder)) {
            waiting.addAll(parts(folder));
        } else {
            BESIDE.forEach(name -> waiting.addAll(parts(folder.resolve(name))));
        }
        Set<Path> seen = new HashSet<>();
        while (!waiting.isEmpty() && seen.size() < MOST_PARTS) {
            Path part = waiting.removeFirst();
            if (!seen.add(part) || !Files.isRegularFile(part)) {
                continue;
            }
            Path own = Objects.requireNonNull(part.getParent());
            try {
                String text = new String(OrdinaryFile.read(part, LARGEST_SETTINGS), StandardCharsets.UTF_8);
                ABOVE.matcher(text)
                        .results()
                        .flatMap(found -> Stream.of(folder, own)
                                .map(from -> from.resolve(found.group()).normalize()))
                        .filter(path -> !path.startsWith(folder) && !root.startsWith(path) && Files.exists(path))
                        .forEach(path -> {
                            files.addIfThere(path, onHost);
                            waiting.addAll(parts(path));
                        });
            } catch (IOException e) {
                LOG.info("the part {} of a playbook can't be read: {}", part, e.toString());
            }
        }
    }

    private static List<Path> parts(Path path) {
        if (!Files.isDirectory(path)) {
            return PLAYBOOK_PART.matcher(path.toString()).matches() ? List.of(path) : List.of();
        }
        try (Stream<Path> all = Files.walk(path, DEEPEST)) {
            return all.filter(part -> PLAYBOOK_PART.matcher(part.toString()).matches() && Files.isRegularFile(part))
                    .limit(MOST_PARTS)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.info("the folder {} of a playbook can't be listed: {}", path, e.toString());
            return List.of();
        }
    }

    // Paths in it are meant from its own folder.
    private void configuration(Path file, boolean onHost) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        files.addIfThere(file, onHost);
        try {
            for (String line : new String(OrdinaryFile.read(file, LARGEST_SETTINGS), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Matcher matcher = SETTING.matcher(line);
                if (matcher.matches()) {
                    Stream.of(matcher.group(2).strip().split("[:,]"))
                            .map(String::strip)
                            .filter(path -> !path.isEmpty() && !path.startsWith("~"))
                            .map(path -> Objects.requireNonNull(file.getParent())
                                    .resolve(path.replace("{{CWD}}", root.toString()))
                                    .normalize())
                            .filter(path -> !root.startsWith(path))
                            .forEach(path -> files.addIfThere(path, onHost));
                }
            }
        } catch (IOException | InvalidPathException e) {
            LOG.info("{} can't be read: {}", file, e.toString());
        }
    }

    private void arguments(List<String> arguments, boolean onHost) {
        for (int i = 0; i < arguments.size(); i++) {
            Matcher matcher = ARGUMENT.matcher(arguments.get(i));
            if (!matcher.matches()) {
                continue;
            }
            String value =
                    matcher.group(1) != null ? matcher.group(1) : i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            files.resolve(value.startsWith("@") ? value.substring(1) : value)
                    .filter(Files::exists)
                    .ifPresent(file -> files.addIfThere(file, onHost));
        }
    }
}
