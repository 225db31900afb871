package dev.corral.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pictures in the architecture page are those of the code. With {@code CORRAL_DRAW=1} in the environment they are drawn anew. */
@Tag("unit")
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("src/site/architecture.md");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.corral");

    /** A person starts a sample in the window. */
    private static final List<Step> START = List.of(
            new Step("console.work.Starts", "core.operation.Operations", "start"),
            new Step("core.operation.LocalOperations", "core.sandbox.SandboxStore", "create"),
            new Step("core.operation.LocalOperations", "core.operation.OperationJournal", "append"),
            new Step("core.operation.StartOperation", "core.sandbox.SandboxLock", "take"),
            new Step("core.operation.StartOperation", "core.operation.start.StartSlots", "take"),
            new Step("core.operation.start.VagrantUp", "core.operation.start.HookedRun", "start"),
            new Step("core.operation.start.HookedRun", "core.vagrant.Vagrant", "start"),
            new Step("core.vagrant.Vagrant", "core.process.Processes", "startLogged"),
            new Step("core.operation.start.HookedRun", "core.vagrant.VagrantRun", "follow"),
            new Step("core.operation.start.VagrantUp", "core.vagrant.UpOutput", "line"),
            new Step("core.operation.start.StartNews", "core.operation.OperationJournal", "append"),
            new Step("core.operation.StartOperation", "core.operation.start.PreparationRun", "bring"));

    /** Something changes on disk or at the hypervisor, and the list shows it. */
    private static final List<Step> CHANGE = List.of(
            new Step("core.inventory.read.LocalInventoryMonitor", "core.inventory.read.DirectoryWatch", "await"),
            new Step("core.inventory.read.LocalInventoryMonitor", "core.inventory.read.InventoryReader", "update"),
            new Step("core.inventory.read.LocalInventoryMonitor", "core.inventory.read.InventoryReader", "read"),
            new Step("core.inventory.read.InventoryReader", "core.inventory.read.SandboxReader", "view"),
            new Step("core.inventory.read.OtherLayers", "core.inventory.items.ItemReader", "read"),
            new Step("console.InventoryWatch", "console.fx.LatestValue", "accept"),
            new Step("console.fx.LatestValue", "console.fx.Threads", "hop"),
            new Step("console.sandboxes.SandboxesPage", "console.sandboxes.TreeBuilder", "build"),
            new Step("console.sandboxes.SandboxTree", "console.sandboxes.TreeSync", "apply"));

    @Test
    void thePicturesAreThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String drawn = page;
        drawn = with(drawn, "packages", new PackagePicture(CLASSES).mermaid());
        drawn = with(drawn, "a start", WalkPicture.mermaid(START));
        drawn = with(drawn, "a change", WalkPicture.mermaid(CHANGE));
        if (System.getenv("CORRAL_DRAW") != null) {
            Files.writeString(PAGE, drawn);
        }
        assertThat(Files.readString(PAGE))
                .as("%s; CORRAL_DRAW=1 draws the pictures anew", PAGE)
                .isEqualTo(drawn);
    }

    @Test
    void whatAWalkNamesIsReallyCalled() {
        for (List<Step> walk : List.of(START, CHANGE)) {
            assertThat(walk).allSatisfy(step -> {
                JavaClass from = CLASSES.get("dev.corral." + step.from());
                assertThat(WalkPicture.calls(CLASSES, from, step.to()))
                        .as("what %s calls of %s", step.from(), step.to())
                        .contains(step.method());
            });
        }
    }

    private static String with(String page, String name, String mermaid) {
        Pattern place = Pattern.compile("(<!-- drawn: " + name + " -->\n).*?(<!-- drawn -->)", Pattern.DOTALL);
        Matcher found = place.matcher(page);
        assertThat(found.find()).as("a place for the picture \"%s\"", name).isTrue();
        return found.replaceFirst("$1" + Matcher.quoteReplacement("```mermaid\n" + mermaid + "```\n") + "$2");
    }

    /** One class calls a method of another. Names are below {@code dev.corral}. */
    record Step(String from, String to, String method) {}
}
