package dev.corral.console.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.file.Drafts;
import dev.corral.console.shared.OnStage;
import dev.corral.console.vagrantfile.strip.DraftKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What becomes of a text between disk, window and the next window: none of it is lost without a decision. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class OpenFileTest extends OnStage implements OpenFile.Listener {
    private static final String TEXT = "one\ntwo\nthree\n";

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final List<IOException> refused = new ArrayList<>();
    private Path path;
    private Drafts drafts;
    private DraftKeeper keeper;
    private OpenFile file;

    @Start
    void open(Stage given) throws IOException {
        stage = given;
        folder = folder.toRealPath();
        path = Files.writeString(folder.resolve("notes"), TEXT);
        drafts = new Drafts(folder.resolve("state/drafts"));
        keeper = new DraftKeeper(drafts, refused::add);
    }

    @AfterEach
    void close() {
        keeper.close();
        assertThat(refused).isEmpty();
    }

    private void show(FxRobot robot) {
        robot.interact(() -> {
            file = new OpenFile(path, Optional.empty(), 0, 1, keeper, new Saving((saved, before, after) -> {}), this);
            stage.setScene(new Scene(file, 600, 400));
            stage.show();
        });
        until(() -> file.shown());
    }

    @Override
    public void loaded(OpenFile shown) {
        told.add("loaded");
    }

    @Override
    public void saved(OpenFile shown) {
        told.add("saved");
    }

    @Override
    public void reread(OpenFile shown) {
        told.add("reread");
    }

    @Override
    public void changed(OpenFile shown) {
        // Not looked at here.
    }

    private void become(FxRobot robot, String text) {
        robot.interact(() -> file.editor().become(text));
        until(() -> file.dirty().get());
    }

    private List<String> kept() {
        return keeper.of(path).stream().map(one -> one.draft().text()).toList();
    }

    private void untilKept(String... texts) {
        until(() -> kept().equals(List.of(texts)));
    }

    private void look(FxRobot robot) {
        robot.interact(() -> file.look());
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void anOfferStaysUntilItIsAnswered(FxRobot robot) throws IOException {
        drafts.keep(drafts.free(path), TEXT, "one\ntwo\nCRASH\n");
        show(robot);
        until(() -> node("#draft-restore") != null);
        become(robot, "ONE\ntwo\nthree\n");
        untilKept("ONE\ntwo\nthree\n", "one\ntwo\nCRASH\n");
        robot.interact(() -> file.save());
        until(() -> told.contains("saved"));
        untilKept("one\ntwo\nCRASH\n");
        assertThat(node("#draft-restore")).isNotNull();
        Files.writeString(path, "ONE\ntwo\nthree\nfour\n");
        until(() -> {
            file.look();
            return file.editor().text().endsWith("four\n");
        });
        assertThat(told).contains("reread");
        assertThat(node("#draft-restore")).isNotNull();
        untilKept("one\ntwo\nCRASH\n");
        become(robot, "ONE\ntwo\nthree\n4\n");
        press(robot, "#draft-restore");
        until(() -> file.editor().text().contains("CRASH"));
        untilKept(file.editor().text());
        assertThat(node("#draft-restore")).isNull();
    }

    @Test
    void whatIsDiscardedIsGoneAndTheNextIsOffered(FxRobot robot) throws IOException {
        drafts.keep(drafts.free(path), TEXT, "old\n");
        drafts.keep(drafts.free(path), TEXT, "new\n");
        show(robot);
        until(() -> node("#draft-discard") != null);
        press(robot, "#draft-discard");
        untilKept("old\n");
        press(robot, "#draft-restore");
        until(() -> file.editor().text().equals("old\n"));
        untilKept("old\n");
        robot.interact(() -> file.save());
        untilKept();
    }

    @Test
    void theTextOfADeletedFileIsKeptAndCanBeReached(FxRobot robot) throws IOException {
        show(robot);
        Files.delete(path);
        look(robot);
        until(() -> file.dirty().get());
        robot.interact(() -> file.close());
        untilKept(TEXT);
        show(robot);
        until(() -> node("#draft-restore") != null);
        assertThat(file.editor().text()).isEmpty();
        assertThat(text("#file-strip-text")).contains("not on the disk any more");
        press(robot, "#draft-restore");
        until(() -> file.editor().text().equals(TEXT) && file.dirty().get());
        robot.interact(() -> file.save());
        until(() -> told.contains("saved"));
        assertThat(path).content().isEqualTo(TEXT);
        untilKept();
    }

    @Test
    void aFileThatIsBackNeedsNoDraft(FxRobot robot) throws IOException {
        show(robot);
        Files.delete(path);
        look(robot);
        untilKept(TEXT);
        Files.writeString(path, TEXT);
        look(robot);
        until(() -> !file.dirty().get());
        untilKept();
    }

    @Test
    void theCopyOfASandboxIsComparedWithTheText(FxRobot robot) throws IOException {
        show(robot);
        List<String> notices = new ArrayList<>();
        Path copy = Files.writeString(folder.resolve("copy"), "one\ntwo\nTHREE\n");
        Copies copies = new Copies(path -> Optional.empty(), notice -> notices.add(notice.sentence()));
        robot.interact(() -> copies.compare(file));
        assertThat(notices).singleElement().asString().contains("No sandbox");
        copies.opened(path, Optional.of(copy));
        robot.interact(() -> copies.compare(file));
        until(() -> node("#difference") != null);
        assertThat(text("#file-strip-text")).contains(copy + " differs");
        press(robot, "#strip-close");
        assertThat(node("#difference")).isNull();
        Files.writeString(copy, TEXT);
        robot.interact(() -> copies.compare(file));
        until(() -> text("#file-strip-text").contains("The same stands in"));
        Files.delete(copy);
        robot.interact(() -> copies.compare(file));
        until(() -> notices.size() == 2);
    }

    @Test
    void whatIsTypedWhileASaveRunsIsNotOverwrittenByAJoin(FxRobot robot) throws Exception {
        show(robot);
        become(robot, "ONE\ntwo\nthree\n");
        Files.writeString(path, "one\ntwo\nTHREE\n");
        // The answer is there before the window can take it: what is typed in between is newer.
        robot.interact(() -> {
            file.save();
            pause();
            file.editor().become("ONE!\ntwo\nthree\n");
        });
        until(() -> read().equals("ONE!\ntwo\nTHREE\n"));
        assertThat(file.editor().text()).isEqualTo("ONE!\ntwo\nTHREE\n");
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }

    private String read() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return "";
        }
    }
}
