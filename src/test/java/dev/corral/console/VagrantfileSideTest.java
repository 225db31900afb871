package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.WordHelp;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.sandboxes.SandboxesPage;
import dev.corral.console.vagrantfile.DebugSide;
import dev.corral.console.vagrantfile.VagrantfilePage;
import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What the machines beside the editor hear of the files: which one is debugged, and each change of one that it reads. */
@Tag("unit")
class VagrantfileSideTest extends WindowOverFixture {
    private static final String TEXT = "Vagrant.configure(\"2\") { |config| load \"part/Vagrantfile.part\" }\n";

    @TempDir
    private static Path folder;

    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private final List<Path> saved = new CopyOnWriteArrayList<>();
    private Consumer<Optional<Resolution>> told = said -> {};
    private Path file;
    private Path part;
    private Path data;
    private VagrantfilePage page;

    /** Notes what it hears. */
    private final class Noting implements DebugSide {
        private final VBox box = new VBox();

        @Override
        public Node node() {
            return box;
        }

        @Override
        public void opened(Path vagrantfile) {
            opened.add(vagrantfile);
        }

        @Override
        public void saved(Path changed) {
            saved.add(changed);
        }

        @Override
        public void whenRead(Consumer<Optional<Resolution>> then) {
            told = then;
        }

        @Override
        public void close() {
            // It runs nothing.
        }
    }

    @Start
    void open(Stage given) throws Exception {
        Path project = Files.createTempDirectory(folder.toRealPath(), "eval");
        file = Files.writeString(project.resolve("Vagrantfile"), TEXT);
        part = Files.writeString(
                Files.createDirectory(project.resolve("part")).resolve("Vagrantfile.part"), "BOX = 'x'\n");
        data = Files.writeString(project.resolve("part/nodes.yaml"), "a: 1\n");
        open(
                new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\",\"dock_open\":false}",
                List.of(),
                directory -> {});
    }

    @Override
    List<PageView.Maker> pages() {
        return List.of(SandboxesPage::new, this::page);
    }

    private PageView page(PageContext context) {
        page = new VagrantfilePage(
                context, (path, language) -> new WordHelp(), (parts, jump) -> Optional.of(new Noting()));
        return page;
    }

    @Override
    Node rows() {
        return node("#sandbox-tree");
    }

    private CodeArea area() {
        Node shown = (Node) tabs().getSelectionModel().getSelectedItem().getUserData();
        return (CodeArea) shown.lookup("#code");
    }

    private TabPane tabs() {
        return (TabPane) node("#file-tabs");
    }

    private void show(FxRobot robot, Path wanted, String text) {
        robot.interact(() -> page.jump(wanted, 1, 1));
        until(() -> tabs().getSelectionModel().getSelectedItem() != null
                && area().getText().equals(text)
                && area().isFocused());
    }

    private void begin(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> node("#vagrantfile-empty").isVisible());
        show(robot, file, TEXT);
        until(() -> opened.equals(List.of(file)));
    }

    private void read(FxRobot robot) throws IOException {
        Resolution said = Json.mapper().readValue("""
                        {"vagrantfile": "%s", "reads": [{"path": "%s", "how": ["read"]}, {"path": "%s", "how": ["read"]}]}
                        """.formatted(file, part, data), Resolution.class);
        robot.interact(() -> told.accept(Optional.of(said)));
    }

    @Test
    void aFileThatTheDebuggedOneReadsIsAPartOfIt(FxRobot robot) throws IOException {
        begin(robot);
        read(robot);
        // It is read elsewhere; that it is watched shows that it is known.
        untilTold(data, "a: 2\n");
        show(robot, part, "BOX = 'x'\n");
        assertThat(opened).containsExactly(file);
        robot.interact(() -> tabs().getTabs().removeFirst());
        Path other = Files.writeString(file.resolveSibling("Vagrantfile.other"), "x\n");
        show(robot, other, "x\n");
        until(() -> opened.equals(List.of(file, other)));
    }

    private void untilTold(Path changed, String text) throws IOException {
        saved.clear();
        long[] turn = {0};
        until(() -> {
            // What is written before the watch lies on the folder is noticed by nobody.
            if (turn[0]++ % 20 == 0) {
                write(changed, text + "# " + turn[0] + "\n");
            }
            return saved.contains(changed);
        });
    }

    private static void write(Path to, String text) {
        try {
            Files.writeString(to, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aChangeFromOutsideIsToldWhetherTheFileIsOpenOrNot(FxRobot robot) throws IOException {
        begin(robot);
        Files.writeString(file, TEXT + "# theirs\n");
        until(() -> area().getText().endsWith("# theirs\n") && saved.contains(file));
        read(robot);
        untilTold(data, "a: 3\n");
        assertThat(onFx(() -> tabs().getTabs().size())).isOne();
    }

    @Test
    void aLinkToTheFolderLeadsToTheSameTab(FxRobot robot) throws IOException {
        Path link = Files.createSymbolicLink(
                folder.resolve("link-" + file.getParent().getFileName()), file.getParent());
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> node("#vagrantfile-empty").isVisible());
        show(robot, link.resolve("Vagrantfile"), TEXT);
        until(() -> opened.equals(List.of(file)));
        show(robot, file, TEXT);
        assertThat(onFx(() -> tabs().getTabs().size())).isOne();
    }
}
