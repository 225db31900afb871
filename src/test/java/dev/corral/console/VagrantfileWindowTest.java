package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.Mark;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.sandboxes.SandboxesPage;
import dev.corral.console.vagrantfile.DebugSide;
import dev.corral.console.vagrantfile.VagrantfilePage;
import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The page of Vagrantfiles in the whole window: typing, problems, saving, and what others do to the file meanwhile. */
@Tag("unit")
class VagrantfileWindowTest extends WindowOverFixture {
    private static final String TEXT =
            "Vagrant.configure(\"2\") do |config|\n  config.vm.box = \"corral/debian\"\nend\n";

    @TempDir
    private static Path folder;

    private Path file;
    private VagrantfilePage page;
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private final List<Path> saved = new CopyOnWriteArrayList<>();
    private Consumer<Optional<Resolution>> told = said -> {};
    private Path part;
    private Path data;

    /** Finds the word that is wrong, and nothing else. */
    private record Spelling() implements EditorHelp {
        @Override
        public Completions completions(String text, int caret) {
            return text.startsWith("config.", caret - 7)
                    ? new Completions(
                            caret,
                            List.of(new Candidate("vm", "setting", "the VM"), new Candidate("ssh", "setting", "")))
                    : Completions.none();
        }

        @Override
        public Optional<String> hover(String text, int offset) {
            return Optional.of("What it means");
        }

        @Override
        public List<Mark> problems(String text) {
            List<Mark> marks = new ArrayList<>();
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int at = lines.get(i).indexOf("bxo");
                if (at >= 0) {
                    marks.add(Mark.at(
                            i + 1, at + 1, Mark.Severity.ERROR, "There is no setting bxo.", "Did you mean box?"));
                }
            }
            return marks;
        }
    }

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
                context, (path, language) -> new Spelling(), (parts, jump) -> Optional.of(new Noting()));
        return page;
    }

    @Override
    Node rows() {
        return node("#sandbox-tree");
    }

    private CodeArea area() {
        Node shown = (Node) ((TabPane) node("#file-tabs"))
                .getSelectionModel()
                .getSelectedItem()
                .getUserData();
        return (CodeArea) shown.lookup("#code");
    }

    private String text() {
        return onFx(() -> area().getText());
    }

    private void show(FxRobot robot) {
        showPage(robot);
        show(robot, file, TEXT);
    }

    private void showPage(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> node("#vagrantfile-empty").isVisible());
    }

    private String said() {
        Node strip = node("#file-strip-text");
        return strip == null ? "" : ((Label) strip).getText();
    }

    private boolean marked(String word) {
        return area().lookupAll(".mark-error").stream()
                .anyMatch(node -> ((Text) node).getText().equals(word));
    }

    private static void typeOver(FxRobot robot, CodeArea area, String word, String with) {
        robot.interact(() -> {
            int at = area.getText().indexOf(word);
            area.selectRange(at, at + word.length());
        });
        robot.write(with);
    }

    @Test
    void whatIsTypedIsCheckedSavedAndCanBeUndoneAfterwards(FxRobot robot) throws Exception {
        show(robot);
        assertThat(onFx(() -> ((Labeled) node("#file-state")).getText())).isEqualTo("✓ valid");
        typeOver(robot, area(), "box", "bxo");
        until(() -> marked("bxo"));
        until(() -> ((Labeled) node("#file-state")).getText().equals("1 error"));
        assertThat(onFx(() -> ((ListView<?>) node("#problems")).getItems().size()))
                .isEqualTo(1);
        robot.push(KeyCode.F8);
        until(() -> area().getCurrentParagraph() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> TEXT.replace("box", "bxo").equals(read()));
        until(() -> node("#action-save-file").isDisabled());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> area().getText().equals(TEXT) && !marked("bxo"));
        assertThat(read()).isNotEqualTo(TEXT);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> TEXT.equals(read()));
        // Brackets, quotes and blocks come as they are typed; keys of the window that are only letters stay letters.
        robot.interact(() -> area().moveTo(1, area().getParagraphLength(1)));
        robot.push(KeyCode.ENTER);
        robot.write("define(\"a?/\") do\nx\nend\n");
        until(() -> area().getText().contains("\n  define(\"a?/\") do\n    x\n  end\n"));
        robot.write("config.");
        until(() -> node("#candidates") != null);
        robot.push(KeyCode.DOWN).push(KeyCode.ENTER);
        until(() -> area().getText().contains("config.ssh"));
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aChangeOnTheDiskIsReadJoinedOrAskedAbout(FxRobot robot) throws Exception {
        show(robot);
        Files.writeString(file, TEXT.replace("debian", "other"));
        until(() -> area().getText().contains("corral/other") && said().contains("read again"));
        typeOver(robot, area(), "Vagrant", "Vagrant2");
        Files.writeString(file, TEXT.replace("debian", "other").replace("end", "end # theirs"));
        until(() -> area().getText().startsWith("Vagrant2") && area().getText().contains("end # theirs"));
        assertThat(onFx(this::said)).contains("both are here");
        Files.writeString(file, TEXT.replace("Vagrant", "Theirs"));
        until(() -> node("#disk-mine") != null);
        robot.clickOn("#disk-show");
        until(() -> node("#difference") != null);
        robot.clickOn("#disk-mine");
        until(() -> node("#disk-mine") == null);
        assertThat(text()).startsWith("Vagrant2");
        assertThat(read()).startsWith("Theirs");
        robot.interact(() -> area().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> read().startsWith("Vagrant2"));
        Files.delete(file);
        until(() -> said().contains("not on the disk any more"));
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> read().startsWith("Vagrant2"));
    }

    @Test
    void unsavedTextIsKeptAndOfferedAgain(FxRobot robot) throws Exception {
        show(robot);
        typeOver(robot, area(), "debian", "mine");
        until(this::draftKept);
        robot.push(KeyCode.CONTROL, KeyCode.W);
        until(() -> node("#vagrantfile-empty").isVisible());
        assertThat(read()).isEqualTo(TEXT);
        robot.interact(() -> page.jump(file, 1, 1));
        until(() -> node("#draft-restore") != null);
        robot.clickOn("#draft-restore");
        until(() -> area().getText().contains("corral/mine"));
        robot.interact(() -> area().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> read().contains("corral/mine") && !draftKept());
    }

    private boolean draftKept() {
        Path drafts = state.resolve("drafts");
        if (!Files.isDirectory(drafts)) {
            return false;
        }
        try (Stream<Path> all = Files.list(drafts)) {
            return all.anyMatch(each -> each.toString().endsWith(".json"));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void findingReplacingFoldingAndGoingToALine(FxRobot robot) {
        show(robot);
        robot.push(KeyCode.CONTROL, KeyCode.H);
        until(() -> node("#replace-field") != null && node("#replace-field").isVisible());
        robot.write("config");
        until(() -> ((Label) node("#find-result")).getText().matches("\\d of 3"));
        robot.clickOn("#replace-field").write("c");
        robot.clickOn("#replace-all");
        until(() -> area().getText().equals(TEXT.replace("config", "c")));
        robot.push(KeyCode.ESCAPE);
        until(() -> area().isFocused());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> area().getText().equals(TEXT));
        robot.push(KeyCode.CONTROL, KeyCode.G);
        until(() -> node("#go-to-field") != null && node("#go-to-field").isFocused());
        robot.write("3:2").push(KeyCode.ENTER);
        until(() -> area().getCurrentParagraph() == 2 && area().getCaretColumn() == 1);
        until(() -> !area().lookupAll(".fold-open").isEmpty());
        robot.clickOn(onFx(() -> area().lookup(".fold-open")));
        until(() -> area().isFolded(1));
        robot.clickOn(onFx(() -> area().lookup(".fold-closed")));
        until(() -> !area().isFolded(1));
        robot.push(KeyCode.CONTROL, KeyCode.SLASH);
        // The caret went to the head of the block before that was put away.
        until(() -> area().getText().startsWith("# Vagrant"));
    }

    @Test
    void theCopyOfALostOriginalIsForReading(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        robot.interact(
                () -> page.reveal(new Reveal.Vagrantfile(Optional.of(folder.resolve("gone")), Optional.of(file), 2)));
        until(() -> node("#file-strip-text") != null && said().contains("not there any more"));
        robot.interact(() -> area().requestFocus());
        robot.write("x");
        assertThat(text()).isEqualTo(TEXT);
    }

    private TabPane tabs() {
        return (TabPane) node("#file-tabs");
    }

    private void show(FxRobot robot, Path wanted, String text) {
        robot.interact(() -> page.jump(wanted, 1, 1));
        until(() -> !tabs().getTabs().isEmpty() && area().getText().equals(text) && area().isFocused());
    }

    private void begin(FxRobot robot) {
        show(robot);
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
        showPage(robot);
        show(robot, link.resolve("Vagrantfile"), TEXT);
        until(() -> opened.equals(List.of(file)));
        show(robot, file, TEXT);
        assertThat(onFx(() -> tabs().getTabs().size())).isOne();
    }
}
