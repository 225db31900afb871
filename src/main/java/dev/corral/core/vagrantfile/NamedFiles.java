package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import dev.corral.core.vagrantfile.ResolvedMachine.SyncedFolder;
import dev.corral.core.vagrantfile.ResolvedMachine.Trigger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the resolved configuration names without reading it: each provisioner type has its own rules. Looks at the disk to see which of
 * several files a program would take. Synced folders themselves are not among them, see {@link ResolvedMachine#syncedFolders}.
 */
public final class NamedFiles {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    /** Between the words of a command. */
    private static final Pattern WORDS = Pattern.compile("[\\s\"'`;&|()<>=$]+");

    private static final int LONGEST = 1000;

    private final Path root;
    private final LinkedHashSet<NamedFile> found = new LinkedHashSet<>();
    /** The one that is being read; {@link #of} sets it first. */
    @SuppressWarnings("NullAway.Init")
    private ResolvedMachine machine;

    private String by = "";
    private Place place = Place.NONE;

    private NamedFiles(Path root) {
        this.root = root;
    }

    /** All that the machines of a Vagrantfile name, in its order. */
    public static List<NamedFile> of(Resolution resolution) {
        NamedFiles files = new NamedFiles(resolution.directory());
        resolution.machines().forEach(files::machine);
        return List.copyOf(files.found);
    }

    /** What one provisioner of a machine names. */
    public static List<NamedFile> of(Resolution resolution, ResolvedMachine machine, Provisioner provisioner) {
        NamedFiles files = new NamedFiles(resolution.directory());
        files.machine = machine;
        files.by(provisioner);
        return List.copyOf(files.found);
    }

    private void by(Provisioner one) {
        by = "provisioner " + one.name().orElse(one.type());
        place = one.place();
        provisioner(one);
    }

    private void machine(ResolvedMachine one) {
        machine = one;
        one.provisioners().forEach(this::by);
        for (Trigger trigger : one.triggers()) {
            by = "trigger " + trigger.when() + " " + trigger.on();
            place = trigger.place();
            add(trigger.run().path("path"), true, true);
            // What runs on the host says which files of the project it works with.
            words(trigger.run().path("inline").asText(""));
            words(trigger.run().path("args"));
            trigger.rubyTexts().forEach(this::words);
            add(trigger.runRemote().path("path"), true, false);
        }
        for (ResolvedMachine.Provider provider : one.providers()) {
            by = "provider " + provider.name();
            place = provider.place();
            new ProviderFiles(this, provider.name().equals(one.provider().orElse("")))
                    .of(provider.name(), provider.settings());
        }
        by = "machine " + one.name();
        place = one.place();
        one.disks().forEach(disk -> add(disk.path("file"), true, false));
        one.cloudInit().forEach(part -> add(part.path("path"), true, false));
        texts(one.ssh().path("private_key_path")).forEach(key -> add(key, false, true));
        box(one);
    }

    private void box(ResolvedMachine one) {
        place = one.box().place();
        for (String url : texts(one.box().url())) {
            if (url.startsWith("file://")) {
                add(url.substring("file://".length()), false, false);
            } else if (!ADDRESS.matcher(url).matches()) {
                add(url, false, false);
            }
        }
    }

    private void provisioner(Provisioner one) {
        JsonNode settings = one.settings();
        switch (one.type()) {
            case "shell" -> add(settings.path("path"), true, false);
            case "file" -> add(settings.path("source"), true, false);
            case "ansible" -> new AnsibleFiles(this, root).host(settings);
            case "ansible_local" -> new AnsibleFiles(this, root).guest(settings);
            case "puppet" -> {
                hostPath(settings.path("manifests_path"), true);
                hostPath(settings.path("environment_path"), true);
                texts(settings.path("module_path")).forEach(path -> add(path, true, false));
                add(settings.path("hiera_config_path"), true, false);
            }
            case "puppet_server" -> eachOf(settings, "client_cert_path", "client_private_key_path");
            case "chef_solo", "chef_zero" -> {
                for (String key :
                        List.of("cookbooks_path", "data_bags_path", "environments_path", "nodes_path", "roles_path")) {
                    settings.path(key).forEach(path -> hostPath(path, false));
                }
                eachOf(settings, "encrypted_data_bag_secret_key_path", "custom_config_path");
            }
            case "chef_client" ->
                eachOf(settings, "validation_key_path", "encrypted_data_bag_secret_key_path", "custom_config_path");
            case "salt" -> {
                eachOf(
                        settings,
                        "minion_config",
                        "minion_key",
                        "minion_pub",
                        "master_config",
                        "master_key",
                        "master_pub",
                        "grains_config",
                        "bootstrap_script");
                settings.path("seed_master").forEach(key -> add(key, true, false));
            }
            case "cfengine" -> eachOf(settings, "files_path", "run_file");
            case "docker", "podman" ->
                settings.path("build_images")
                        .forEach(image -> inGuest(image.path(0).asText("")).ifPresent(path -> add(path, false, false)));
            default -> existing(settings);
        }
    }

    private void eachOf(JsonNode settings, String... keys) {
        for (String key : keys) {
            add(settings.path(key), true, false);
        }
    }

    // A path with where it lies: ["host", "manifests"].
    private void hostPath(JsonNode path, boolean required) {
        if (path.isTextual()) {
            add(path, required, false);
        } else if (path.path(0).asText("").equals("host")) {
            add(path.path(1), required, false);
        }
    }

    /** The host's path of one in the guest, if an enabled synced folder leads there. */
    Optional<String> inGuest(String path) {
        return machine.syncedFolders().stream()
                .filter(folder -> !folder.disabled() && !folder.guest().isEmpty())
                .filter(folder -> path.equals(folder.guest()) || path.startsWith(folder.guest() + "/"))
                .findFirst()
                .map((SyncedFolder folder) ->
                        folder.host() + path.substring(folder.guest().length()));
    }

    /** Adds every text that names a file that is there; for settings whose meaning only their plugin knows. */
    void existing(JsonNode settings) {
        if (settings.isTextual()) {
            resolve(settings.textValue())
                    .filter(Files::isRegularFile)
                    .ifPresent(file -> add(settings.textValue(), false, false));
        } else {
            settings.forEach(this::existing);
        }
    }

    private void words(JsonNode texts) {
        texts(texts).forEach(this::words);
    }

    private void words(String text) {
        WORDS.splitAsStream(text).filter(word -> !word.startsWith("/")).forEach(word -> resolve(word)
                .filter(file -> !root.startsWith(file) && Files.isRegularFile(file))
                .ifPresent(file -> add(word, false, true)));
    }

    void add(JsonNode path, boolean required, boolean onHost) {
        if (path.isTextual()) {
            add(path.textValue(), required, onHost);
        }
    }

    void add(String path, boolean required, boolean onHost) {
        if (!ADDRESS.matcher(path).matches()) {
            resolve(path)
                    .ifPresent(
                            file -> found.add(new NamedFile(machine.name(), by, path, file, required, onHost, place)));
        }
    }

    /** Adds what is there of these, which nothing fails without. */
    void addIfThere(Path file, boolean onHost) {
        if (Files.exists(file)) {
            found.add(new NamedFile(machine.name(), by, file.toString(), file, false, onHost, place));
        }
    }

    /** The path from the Vagrantfile's folder, as Ruby expands it; empty if it is none. */
    Optional<Path> resolve(String path) {
        if (path.isBlank() || path.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String whole = path.equals("~") || path.startsWith("~/")
                    ? System.getProperty("user.home") + path.substring(1)
                    : path;
            // Text of several lines is a script more often than a name, though it may be one.
            return Optional.of(root.resolve(whole).normalize())
                    .filter(file -> path.indexOf('\n') < 0 || Files.exists(file));
        } catch (InvalidPathException e) {
            // Any text of a configuration comes here; most are no paths.
            return Optional.empty();
        }
    }

    /** The texts of a setting that takes one or several. */
    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else if (node.isArray()) {
            node.forEach(one -> texts.addAll(texts(one)));
        }
        return texts;
    }
}
