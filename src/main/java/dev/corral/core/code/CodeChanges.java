package dev.corral.core.code;

import dev.corral.core.base.Json;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.CopiedFiles.Copied;
import dev.corral.core.vagrantfile.copy.Copier;
import dev.corral.core.vagrantfile.copy.CopyEntry;
import dev.corral.core.vagrantfile.copy.CopyNote;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import dev.corral.core.vagrantfile.copy.CopyProgress;
import dev.corral.core.vagrantfile.copy.Originals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How the original of a sandbox's code differs from what the sandbox has.
 *
 * @param plan     what of the original comes along
 * @param before   what was copied
 * @param original what would be copied now
 * @param appeared places where something is that was looked for in vain when the code was copied
 * @param update   the difference
 */
public record CodeChanges(
        CopyPlan plan, CopiedFiles before, CopiedFiles original, List<String> appeared, CodeUpdate update) {

    private static CodeUpdate between(
            SandboxFiles files, CopiedFiles before, CopiedFiles original, List<String> code, List<String> appeared) {
        TreeSet<String> places = new TreeSet<>(original.files().keySet());
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        TreeSet<String> aside = new TreeSet<>(appeared);
        for (String place : places) {
            Copied then = before.files().get(place);
            boolean other = !Objects.requireNonNull(original.files().get(place)).equals(then);
            boolean there =
                    Files.exists(files.directory().resolve(CopiedFiles.place(place)), LinkOption.NOFOLLOW_LINKS);
            if (then == null) {
                added.add(place);
            } else if (other) {
                changed.add(place);
            }
            if (there
                    && (other || code.contains(place))
                    && !before.holds(files.directory(), place)
                    && !original.holds(files.directory(), place)) {
                aside.add(place);
            }
        }
        List<String> removed = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String place : new TreeSet<>(before.files().keySet())) {
            if (!places.contains(place)
                    && Files.exists(files.directory().resolve(CopiedFiles.place(place)), LinkOption.NOFOLLOW_LINKS)) {
                (before.holds(files.directory(), place) ? removed : left).add(place);
            }
        }
        return new CodeUpdate(added, changed, removed, left, List.copyOf(aside), List.of());
    }

    /** Compares. Reads all of the original and what differs in the sandbox, so it blocks. */
    public static CodeChanges of(SandboxFiles files, Resolution resolution, CopyPlan plan)
            throws IOException, InterruptedException {
        CopiedFiles before;
        try {
            before = CopiedFiles.read(files.copied());
        } catch (NoSuchFileException e) {
            before = new CopiedFiles(Map.of());
        }
        CopiedFiles original = Originals.of(plan, files.directory());
        List<String> appeared = appeared(files);
        CodeUpdate update = between(
                files,
                before,
                original,
                CodeKeeper.of(files, resolution).places(plan).stream()
                        .map(CopiedFiles::key)
                        .toList(),
                appeared);
        Optional<Resolution> kept = KeptResolution.of(files);
        List<String> machines = resolution.machines().stream()
                .map(machine -> machine.name())
                .filter(name -> kept.isPresent() && kept.get().machine(name).isEmpty())
                .toList();
        return new CodeChanges(
                plan,
                before,
                original,
                appeared,
                new CodeUpdate(
                        update.added(),
                        update.changed(),
                        update.removed(),
                        update.left(),
                        update.setAside(),
                        machines));
    }

    // What is there and was looked for in vain when the code was copied would be evaluated.
    private static List<String> appeared(SandboxFiles files) throws IOException {
        Optional<KeptCode> kept = KeptCode.of(files);
        return kept.isEmpty()
                ? List.of()
                : kept.get().changes(files).stream()
                        .filter(KeptCode.Change::added)
                        .map(KeptCode.Change::place)
                        .toList();
    }

    /**
     * Copies what is needed into a folder of ours.
     *
     * @param folder what {@link CodeRenewal#prepare} made
     * @param told   told what changed or vanished meanwhile
     * @return what the sandbox will have
     * @throws InterruptedException if the thread is interrupted
     */
    public CopiedFiles stage(SandboxFiles files, Resolution resolution, Path folder, Consumer<CopyNote> told)
            throws IOException, InterruptedException {
        CodeKeeper keeper = CodeKeeper.of(files, resolution);
        Set<Path> wanted = new HashSet<>(keeper.places(plan));
        update.added().forEach(place -> wanted.add(CopiedFiles.place(place)));
        update.changed().forEach(place -> wanted.add(CopiedFiles.place(place)));
        List<CopyEntry> entries = plan.entries().stream()
                .filter(entry -> entry.kind() != CopyEntry.Kind.FILE || wanted.contains(entry.place()))
                .toList();
        Path tree = Files.createDirectories(CodeRenewal.tree(files, folder), SafeFiles.privateDirectory());
        Copier.Result result = Copier.copy(
                new CopyPlan(plan.vagrantfile(), entries, List.of(), plan.above(), plan.between(), plan.originalName()),
                tree,
                CodeRenewal.root(files, folder),
                CopyProgress.NONE);
        result.notes().forEach(told);
        Map<String, Copied> all = new HashMap<>();
        plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FILE && !wanted.contains(entry.place()))
                .forEach(entry ->
                        before.at(entry.place()).ifPresent(one -> all.put(CopiedFiles.key(entry.place()), one)));
        all.putAll(result.files().files());
        CopiedFiles copied = new CopiedFiles(all);
        Path kept = Files.createDirectories(folder.resolve("kept"), SafeFiles.privateDirectory());
        Set<Path> vanish = new HashSet<>();
        update.removed()
                .forEach(place -> vanish.add(
                        files.directory().resolve(CopiedFiles.place(place)).normalize()));
        update.setAside()
                .forEach(place -> vanish.add(
                        files.directory().resolve(CopiedFiles.place(place)).normalize()));
        keeper.note(plan, copied, CodeRenewal.root(files, folder), kept, vanish).write(folder.resolve("kept.json"));
        copied.write(folder.resolve("copied.json"));
        SafeFiles.replace(folder.resolve("resolution.json"), Json.mapper().writeValueAsBytes(resolution));
        return copied;
    }

    /** The places of the folders that are part of it. */
    public List<String> folders() {
        return plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FOLDER)
                .map(entry -> CopiedFiles.key(entry.place()))
                .filter(place -> !place.isEmpty() && !place.matches("(\\.\\./?)+"))
                .toList();
    }
}
