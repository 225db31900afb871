package dev.corral.core.operation.good;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.StartVariables;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a start was made with, small enough to be kept when its sandbox is gone.
 *
 * @param sandbox     the sandbox's id
 * @param at          when the start ended
 * @param vagrantfile the Vagrantfile, absolute
 * @param files       what was copied, by its path from Vagrant's root
 * @param variables   the variables that the file reads or that were given for the start; of a secret only that it was set
 * @param boxes       box and version, by the machine's name without suffix
 * @param versions    of Vagrant, Ruby, plugins and the hypervisor
 * @param steps       how long each phase took, in their order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StartFacts(
        String sandbox,
        Instant at,
        String vagrantfile,
        Map<String, CopiedText> files,
        Map<String, String> variables,
        Map<String, String> boxes,
        Map<String, String> versions,
        List<StepTime> steps) {
    /** What stands for a secret's value. */
    public static final String SECRET = "(secret)";

    /** Differs from sandbox to sandbox, and so tells nothing. */
    private static final String SUFFIX = "INSPECT_VM_SUFFIX";

    private static final int LONGEST_TEXT = 64 << 10;
    private static final int MOST_TEXT = 1 << 20;
    private static final int MOST_FILES = 2_000;
    private static final int LONGEST_VALUE = 2_000;

    /** Takes absent parts for empty ones. */
    public StartFacts {
        sandbox = sandbox == null ? "" : sandbox;
        at = at == null ? Instant.EPOCH : at;
        vagrantfile = vagrantfile == null ? "" : vagrantfile;
        files = files == null ? Map.of() : Map.copyOf(files);
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        boxes = boxes == null ? Map.of() : Map.copyOf(boxes);
        versions = versions == null ? Map.of() : Map.copyOf(versions);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /**
     * A file that was copied.
     *
     * @param sha256 its hash in hexadecimal digits
     * @param text   what it held, where that is text and not long; null otherwise
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CopiedText(String sha256, @Nullable String text) {}

    /**
     * How long a phase took.
     *
     * @param machine the machine's name without suffix; empty for the sandbox as a whole
     * @param phase   the phase in words
     * @param millis  milliseconds
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StepTime(String machine, String phase, long millis) {}

    /**
     * What is known of a sandbox's start that has just ended. Reads files; what is not there tells nothing.
     *
     * @param workflow   the start's id
     * @param entries    the sandbox's journal
     * @param hypervisor the version of its hypervisor, in a line; empty where it is not known
     */
    public static StartFacts of(
            SandboxFiles files, Manifest manifest, String workflow, List<JournalEntry> entries, String hypervisor)
            throws IOException {
        Optional<Resolution> resolution = KeptResolution.of(files);
        Map<String, String> versions = new TreeMap<>();
        Map<String, String> boxes = new TreeMap<>();
        resolution.ifPresent(said -> {
            versions.put("Vagrant", said.vagrant());
            versions.put("Ruby", said.ruby());
            versions.putAll(said.plugins());
            said.machines().stream()
                    .filter(ResolvedMachine::autostart)
                    .forEach(machine ->
                            boxes.put(Manifest.plainName(machine.name(), manifest.suffix()), box(machine.box())));
        });
        if (!hypervisor.isEmpty()) {
            versions.put("hypervisor", hypervisor);
        }
        return new StartFacts(
                files.id(),
                Instant.now(),
                manifest.vagrantfile(),
                copied(files),
                variables(manifest, resolution),
                boxes,
                versions,
                StepClock.times(entries, workflow, manifest.suffix()));
    }

    private static String box(ResolvedMachine.Box box) {
        String version = box.foundVersion() != null ? box.foundVersion() : box.version();
        return (box.name() == null ? "" : box.name()) + (version == null ? "" : " " + version);
    }

    private static Map<String, String> variables(Manifest manifest, Optional<Resolution> resolution) {
        Set<String> told = new HashSet<>(manifest.context().given());
        resolution.ifPresent(said -> said.variables().forEach(one -> told.add(one.name())));
        told.remove(SUFFIX);
        Map<String, String> found = new TreeMap<>();
        manifest.context().environment().forEach((name, value) -> {
            if (told.contains(name)) {
                found.put(
                        name,
                        StartVariables.secret(name)
                                ? SECRET
                                : value.substring(0, Math.min(LONGEST_VALUE, value.length())));
            }
        });
        manifest.context().withheld().forEach(name -> found.put(name, SECRET));
        return found;
    }

    private static Map<String, CopiedText> copied(SandboxFiles files) throws IOException {
        Map<String, CopiedText> found = new TreeMap<>();
        CopiedFiles copied;
        try {
            copied = CopiedFiles.read(files.copied());
        } catch (NoSuchFileException e) {
            // It came to no copy.
            return found;
        }
        int room = MOST_TEXT;
        for (Map.Entry<String, CopiedFiles.Copied> one : new TreeMap<>(copied.files()).entrySet()) {
            String hash = one.getValue().sha256();
            if (hash != null && found.size() < MOST_FILES) {
                String text = null;
                // What a guest has changed meanwhile is not what was copied.
                if (one.getValue().size() <= Math.min(LONGEST_TEXT, room)
                        && copied.holds(files.directory(), one.getKey())) {
                    text = text(files.directory().resolve(CopiedFiles.place(one.getKey())));
                    room -= text == null ? 0 : text.length();
                }
                found.put(one.getKey(), new CopiedText(hash, text));
            }
        }
        return found;
    }

    private static @Nullable String text(Path file) throws IOException {
        byte[] bytes = OrdinaryFile.read(file, LONGEST_TEXT);
        for (byte one : bytes) {
            if (one == 0) {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
