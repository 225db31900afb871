package dev.corral.core.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.Copier;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import dev.corral.core.vagrantfile.copy.CopyProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox gets its code anew, whoever wrote into it meanwhile and whenever it is cut off. */
@Tag("unit")
@Tag("any_user")
class CodeRenewalTest {
    @TempDir
    Path temp;

    private final List<String> said = new ArrayList<>();
    private Path project;
    private SandboxStore store;
    private SandboxFiles files;

    @BeforeEach
    void start() throws Exception {
        start(temp.toRealPath());
    }

    private void start(Path root) throws Exception {
        project = Files.createDirectories(root.resolve("project"));
        store = new SandboxStore(root.resolve("cache"));
        write("Vagrantfile", "first");
        write("lib.rb", "helper");
        write("old.sh", "echo old");
        write("data/a.txt", "data");
        files = store.create("");
        Resolution resolution = resolution(List.of("Vagrantfile", "lib.rb"), List.of("old.sh", "data"));
        CopyPlan plan = plan(resolution);
        CopiedFiles copied = Copier.copy(plan, files.folder(), files.directory(), CopyProgress.NONE)
                .files();
        copied.write(files.copied());
        CodeKeeper.keep(files, resolution, plan, copied);
        CodeKeeper.settle(files);
        KeptResolution.write(files, resolution);
        store.write(
                files,
                new Manifest(
                        2,
                        files.id(),
                        Instant.EPOCH,
                        new Owner(1, 1, "", Owner.Kind.COMMAND_LINE),
                        Manifest.Origin.none(),
                        project.resolve("Vagrantfile").toString(),
                        new Manifest.StartContext(Optional.empty(), Map.of("A", "1")),
                        List.of("web"),
                        Optional.of("web"),
                        List.of(),
                        Optional.empty()));
        Files.createDirectories(files.directory().resolve(".vagrant/machines/web"));
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void inSandbox(String name, String text) throws IOException {
        Files.writeString(files.directory().resolve(name), text);
    }

    private String text(String name) throws IOException {
        Path file = files.directory().resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Resolution resolution(List<String> read, List<String> used) throws IOException {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("vagrantfile", project.resolve("Vagrantfile").toString());
        ArrayNode reads = root.putArray("reads");
        for (String name : read) {
            ObjectNode one = reads.addObject();
            one.put("path", project.resolve(name).toString());
            one.putArray("how").add("read");
        }
        ObjectNode machine = root.putArray("machines").addObject();
        machine.put("name", "web");
        ArrayNode provisioners = machine.putArray("provisioners");
        for (String name : used) {
            ObjectNode one = provisioners.addObject();
            one.put("type", "file");
            one.putObject("settings").put("source", name);
        }
        return Json.mapper().treeToValue(root, Resolution.class);
    }

    private CopyPlan plan(Resolution resolution) throws Exception {
        return CopyPlan.of(resolution, project.resolve("Vagrantfile"), new Environment(Map.of()), store.cache());
    }

    private CodeUpdate begin(Resolution resolution) throws Exception {
        CodeChanges changes = CodeChanges.of(files, resolution, plan(resolution));
        Path folder = CodeRenewal.prepare(files);
        CopiedFiles copied = changes.stage(files, resolution, folder, note -> said.add(note.sentence()));
        CodeRenewal.commit(
                files,
                new CodeRenewal.Note(
                        folder.getFileName().toString(),
                        changes.folders(),
                        copied.files().keySet().stream().sorted().toList(),
                        changes.update().removed(),
                        changes.appeared(),
                        new Manifest.StartContext(Optional.empty(), Map.of("A", "2")),
                        List.of("web"),
                        List.of("spare"),
                        "web",
                        List.of(new MachineIdentity("web", "stub", "", "", true, "id-1"))));
        return changes.update();
    }

    private List<String> ours() throws IOException {
        try (Stream<Path> entries = Files.list(files.own())) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("renewal"))
                    .toList();
        }
    }

    private List<String> setAside() throws IOException {
        Path aside = files.own().resolve("set-aside");
        if (!Files.exists(aside)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(aside)) {
            return found.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString().replaceFirst("^\\d+-", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsNewComesAndWhatIsGoneGoes() throws Exception {
        write("Vagrantfile", "second");
        write("new/setup.sh", "echo new");
        write("data/b.txt", "more");
        Files.delete(project.resolve("old.sh"));
        Files.delete(project.resolve("data/a.txt"));
        CodeUpdate update = begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("new/setup.sh", "data")));
        assertThat(update)
                .isEqualTo(new CodeUpdate(
                        List.of("data/b.txt", "new/setup.sh"),
                        List.of("Vagrantfile"),
                        List.of("data/a.txt", "old.sh"),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(text("Vagrantfile"))
                .as("it is ready, and nothing has changed")
                .isEqualTo("first");
        assertThat(CodeRenewal.pending(files)).isTrue();

        CodeRenewal.finish(files, said::add);
        assertThat(text("Vagrantfile")).isEqualTo("second");
        assertThat(text("new/setup.sh")).isEqualTo("echo new");
        assertThat(text("data/b.txt")).isEqualTo("more");
        assertThat(files.directory().resolve("old.sh")).doesNotExist();
        assertThat(files.directory().resolve("data/a.txt")).doesNotExist();
        assertThat(files.directory().resolve(".vagrant/machines/web")).isDirectory();
        assertThat(SandboxCode.changed(files)).isEmpty();
        assertThat(ours()).isEmpty();
        assertThat(setAside()).isEmpty();
        assertThat(said).isEmpty();
        Manifest manifest = SandboxStore.manifest(files).orElseThrow();
        assertThat(manifest.context().environment()).containsEntry("A", "2");
        assertThat(manifest.spare()).containsExactly("spare");
        assertThat(manifest.copied()).containsExactly("data/b.txt", "lib.rb", "new/setup.sh");
        assertThat(manifest.inputs()).startsWith("sha256:");
        assertThat(CopiedFiles.read(files.copied()).changed(files.directory())).isEmpty();
        assertThat(begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("new/setup.sh", "data")))
                        .nothing())
                .isTrue();
    }

    @Test
    void whatAGuestWroteIsNotLostAndNotRun() throws Exception {
        write("Vagrantfile", "second");
        write("data/a.txt", "other data");
        Files.delete(project.resolve("old.sh"));
        inSandbox("lib.rb", "harm");
        inSandbox(".vagrantplugins", "harm");
        inSandbox("old.sh", "echo mine");
        inSandbox("data/a.txt", "the guest's");
        inSandbox("data/own.txt", "a result");
        CodeUpdate update = begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("data")));
        assertThat(update.left()).containsExactly("old.sh");
        assertThat(update.setAside()).containsExactly(".vagrantplugins", "data/a.txt", "lib.rb");
        CodeRenewal.finish(files, said::add);
        assertThat(text("lib.rb")).isEqualTo("helper");
        assertThat(text("data/a.txt")).isEqualTo("other data");
        assertThat(text("old.sh")).isEqualTo("echo mine");
        assertThat(text("data/own.txt")).isEqualTo("a result");
        assertThat(files.directory().resolve(".vagrantplugins")).doesNotExist();
        assertThat(setAside()).containsExactly(".vagrantplugins", "a.txt", "lib.rb");
        assertThat(said).singleElement().asString().startsWith("What lay in the way in " + files.id());
        assertThat(SandboxCode.changed(files)).isEmpty();
    }

    @Test
    void oneThatWasCutOffIsSeenAndEnded() throws Exception {
        write("Vagrantfile", "second");
        write("lib.rb", "better");
        begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("old.sh", "data")));
        Path folder;
        try (Stream<Path> entries = Files.list(files.own())) {
            folder = entries.filter(path -> path.getFileName().toString().startsWith("renewal-"))
                    .findFirst()
                    .orElseThrow();
        }
        // As a process leaves it that is killed after its first step.
        Files.move(
                CodeRenewal.root(files, folder).resolve("lib.rb"),
                files.directory().resolve("lib.rb"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(SandboxCode.changed(files)).containsExactly("lib.rb");
        assertThatThrownBy(() -> SandboxCode.check(files, WhenChanged.REFUSE, said::add))
                .hasMessage("An update of the code of " + files.id()
                        + " was cut off, so that it is neither the old nor the new.");
        CodeRenewal.finish(files, said::add);
        assertThat(text("Vagrantfile")).isEqualTo("second");
        assertThat(text("lib.rb")).isEqualTo("better");
        assertThat(SandboxCode.changed(files)).isEmpty();
        assertThat(ours()).isEmpty();
    }

    @Test
    void oneThatWasCutOffBeforeItWasReadyHasChangedNothing() throws Exception {
        write("Vagrantfile", "second");
        Path left = CodeRenewal.prepare(files);
        Files.writeString(left.resolve("half"), "");
        assertThat(CodeRenewal.pending(files)).isFalse();
        CodeRenewal.finish(files, said::add);
        assertThat(text("Vagrantfile")).isEqualTo("first");
        begin(resolution(List.of("Vagrantfile"), List.of()));
        assertThat(left).doesNotExist();
    }

    /** As a kill ends a process: nothing of it is done any more. */
    private static final class Cut extends Error {
        private static final long serialVersionUID = 1L;
    }

    private boolean cutAt(int change) throws IOException {
        AtomicInteger left = new AtomicInteger(change);
        try {
            CodeRenewal.finish(files, said::add, () -> {
                if (left.getAndDecrement() == 0) {
                    throw new Cut();
                }
            });
            return false;
        } catch (Cut e) {
            return true;
        }
    }

    @Test
    void whereverItIsCutOffNothingIsLostAndTheNextOneEndsIt() throws Exception {
        int change = 0;
        for (boolean cut = true; cut; change++) {
            start(Files.createDirectory(temp.toRealPath().resolve("cut-" + change)));
            said.clear();
            write("Vagrantfile", "second");
            write("data/a.txt", "other data");
            write("new/deep/setup.sh", "echo new");
            Files.delete(project.resolve("old.sh"));
            inSandbox("lib.rb", "harm");
            inSandbox("data/a.txt", "the guest's");
            inSandbox("data/own.txt", "a result");
            begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("new/deep/setup.sh", "data")));
            cut = cutAt(change);
            String when = "cut off before change " + change;
            // Towards its end what lies there is what was kept anew.
            if (CodeRenewal.pending(files) && !SandboxCode.changed(files).isEmpty()) {
                assertThatThrownBy(() -> SandboxCode.check(files, WhenChanged.REFUSE, said::add), when)
                        .hasMessageContaining("was cut off, so that it is neither the old nor the new");
            }
            assertThat(SandboxStore.manifest(files)).as(when).isPresent();
            CodeRenewal.finish(files, said::add);
            assertThat(List.of(text("Vagrantfile"), text("lib.rb"), text("data/a.txt"), text("new/deep/setup.sh")))
                    .as(when)
                    .containsExactly("second", "helper", "other data", "echo new");
            assertThat(text("old.sh")).as(when).isEmpty();
            assertThat(text("data/own.txt")).as(when).isEqualTo("a result");
            assertThat(setAside()).as(when).containsExactly("a.txt", "lib.rb");
            assertThat(said)
                    .as(when)
                    .allMatch(text -> text.startsWith("What lay in the way"))
                    .isNotEmpty();
            assertThat(SandboxCode.changed(files)).as(when).isEmpty();
            assertThat(CopiedFiles.read(files.copied()).changed(files.directory()))
                    .as(when)
                    .isEmpty();
            assertThat(SandboxStore.manifest(files).orElseThrow().context().environment())
                    .as(when)
                    .containsEntry("A", "2");
            assertThat(CodeRenewal.pending(files)).as(when).isFalse();
            CodeRenewal.prepare(files);
            assertThat(ours())
                    .as("what is left of a renewal goes with the next, %s", when)
                    .hasSize(1);
        }
        assertThat(change).as("changes that it makes").isGreaterThan(15);
    }

    @Test
    void aLinkInTheWayLeadsNowhere() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Files.delete(files.directory().resolve("data/a.txt"));
        Files.delete(files.directory().resolve("data"));
        Files.createSymbolicLink(files.directory().resolve("data"), elsewhere);
        write("data/a.txt", "other data");
        begin(resolution(List.of("Vagrantfile", "lib.rb"), List.of("old.sh", "data")));
        CodeRenewal.finish(files, said::add);
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(text("data/a.txt")).isEqualTo("other data");
        assertThat(Files.isSymbolicLink(files.directory().resolve("data"))).isFalse();
    }
}
