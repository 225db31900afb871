package dev.corral.core.vagrantfile.hook;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.vagrant.LineTail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our Ruby for one Vagrant command, in a folder of its own that only this user can read, and the file in which it tells. Vagrant takes it
 * for the project's Vagrantfile and is given the real one by it. Where it can not be had or fails, Vagrant runs as it would without it, and
 * nothing is told. Not thread-safe.
 */
public final class StartHook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartHook.class);

    private static final String NAME = "VAGRANT_VAGRANTFILE";
    private static final List<String> RUBY = List.of(
            "hook/hook.rb",
            "hook/chosen.rb",
            "hook/tell.rb",
            "hook/machines.rb",
            "hook/provisioners.rb",
            "hook/share.rb",
            "hook/mentions.rb",
            "asker.rb",
            "plain.rb");

    private final Path folder;
    private final LineTail told;
    private boolean loaded;

    private StartHook(Path folder) throws IOException {
        this.folder = folder;
        // Backtraces are read by people: what is below such a folder is nobody's own file.
        Path ruby = Files.createDirectories(ruby(folder));
        for (String name : RUBY) {
            try (InputStream in = Objects.requireNonNull(
                    StartHook.class.getResourceAsStream("/dev/corral/core/vagrantfile/" + name), name)) {
                Files.copy(in, ruby.resolve(Path.of(name).getFileName()));
            }
        }
        told = new LineTail(Files.createFile(told(folder)));
    }

    /** Puts it in place; empty, and logged, if the temporary folder does not take it. */
    public static Optional<StartHook> make() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("corral-hook-");
            return Optional.of(new StartHook(folder));
        } catch (IOException e) {
            LOG.debug("Vagrant runs without our Ruby in it", e);
            if (folder != null) {
                forget(folder);
            }
            return Optional.empty();
        }
    }

    private static Path ruby(Path folder) {
        return folder.resolve("gems/corral-hook");
    }

    private static Path told(Path folder) {
        return folder.resolve("told.jsonl");
    }

    /** The same for a command that runs all provisioners. */
    public Map<String, String> with(Map<String, String> variables) {
        return with(variables, Optional.empty());
    }

    /**
     * These variables, and those that bring it into Vagrant. A Vagrantfile of another name is found by that name in these.
     *
     * @param only the provisioners that run; empty if all do
     */
    public Map<String, String> with(Map<String, String> variables, Optional<ChosenProvisioners> only) {
        Map<String, String> more = new HashMap<>(variables);
        more.remove(ChosenProvisioners.VARIABLE);
        only.ifPresent(chosen -> more.put(ChosenProvisioners.VARIABLE, chosen.text()));
        String name = more.put(NAME, ruby(folder).resolve("hook.rb").toString());
        more.put("CORRAL_HOOK", told(folder).toString());
        more.remove("CORRAL_HOOK_VAGRANTFILE");
        if (name != null) {
            more.put("CORRAL_HOOK_VAGRANTFILE", name);
        }
        return more;
    }

    /** Hands on what it has told since the last call. */
    public void read(Consumer<Told> listener) {
        told.read(line -> {
            ToldLine.parse(line).ifPresent(one -> {
                switch (one) {
                    case Told.Loaded it -> {
                        loaded = true;
                        LOG.debug("in Vagrant {} with Ruby {}", it.vagrant(), it.ruby());
                    }
                    case Told.Trouble it ->
                        LOG.debug("our Ruby in Vagrant failed: {} {} {}", it.type(), it.message(), it.at());
                    case Told.Share it -> LOG.debug("the default share at {} is off: {}", it.guest(), it.off());
                    default -> LOG.debug("told: {}", one);
                }
                listener.accept(one);
            });
        });
    }

    /** Whether it has said that it is there; if it has not when Vagrant ends, Vagrant has not come to any Vagrantfile. */
    public boolean loaded() {
        return loaded;
    }

    @Override
    public void close() {
        told.close();
        forget(folder);
    }

    private static void forget(Path folder) {
        try {
            SafeFiles.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("{} can't be removed", folder, e);
        }
    }
}
