package dev.corral.core.vagrantfile.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import dev.corral.core.vagrantfile.ResolvedMachine.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What provisioners and triggers say of the share that Vagrant adds by itself, the Vagrantfile's folder as {@code /vagrant}: in their
 * settings, and in the files on the host that these name. As {@code hook/mentions.rb} does it, which decides whether the share is on.
 */
final class Mentioned {
    /** The folder itself. */
    static final String WHOLE = "";

    private static final Logger LOG = LoggerFactory.getLogger(Mentioned.class);
    private static final Pattern PATH = Pattern.compile("(?<![\\w.~})/-])/vagrant((?:/[\\w.@%+,=-]+)*+)(?![\\w-])");
    /** Where its rules know what it needs of it. */
    private static final String KNOWN = "provisioning_path";

    private static final long LARGEST_FILE = 1 << 20;
    private static final int MOST_FILES = 2_000;
    private static final int DEEPEST = 8;

    private final Set<String> found = new TreeSet<>();
    private int files;

    private Mentioned() {}

    /** The paths below the folder that a machine's are said to use, without a slash before them; {@link #WHOLE} among them. */
    static Set<String> of(Resolution resolution, ResolvedMachine machine) {
        Mentioned mentioned = new Mentioned();
        for (Provisioner one : machine.provisioners()) {
            mentioned.texts(one.settings());
            NamedFiles.of(resolution, machine, one).forEach(file -> mentioned.file(file, resolution.directory()));
        }
        for (Trigger one : machine.triggers()) {
            mentioned.texts(one.runRemote());
        }
        return mentioned.found;
    }

    private void texts(JsonNode node) {
        if (node.isTextual()) {
            text(node.textValue());
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> one : node.properties()) {
                if (!one.getKey().equals(KNOWN)) {
                    texts(one.getValue());
                }
            }
        } else {
            node.forEach(this::texts);
        }
    }

    private void text(String text) {
        Matcher matcher = PATH.matcher(text);
        while (matcher.find()) {
            String path = matcher.group(1);
            // The end of a sentence is none of a path.
            path = path.endsWith("/..") ? path : path.replaceAll("[.,=]+$", "");
            Path inside =
                    path.isEmpty() ? Places.ROOT : Path.of(path.substring(1)).normalize();
            // What a guest finds above its share is its own.
            if (!inside.startsWith(Places.PARENT)) {
                found.add(inside.toString());
            }
        }
    }

    // The project's folder itself holds everything and says nothing.
    private void file(NamedFile named, Path root) {
        if (root.startsWith(named.file()) || !Files.exists(named.file())) {
            return;
        }
        try (Stream<Path> all = Files.walk(named.file(), DEEPEST)) {
            List<Path> some =
                    all.filter(Files::isRegularFile).limit(MOST_FILES - files).toList();
            files += some.size();
            for (Path file : some) {
                text(new String(OrdinaryFile.read(file, LARGEST_FILE), StandardCharsets.UTF_8));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.info("{} is not searched for what it uses of the share: {}", named.file(), e.toString());
        }
    }
}
