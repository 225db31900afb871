package dev.corral.console.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.syntax.Language;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What stands beside the lines when a file is shown, and when something is found out about it. */
@Tag("unit")
@Timeout(60)
@ExtendWith(ApplicationExtension.class)
class CodeEditorTest {
    private static final String TEXT = "Vagrant.configure(2) do |c|\n  c.vm.box = 'x'\n  c.vm.bxo = 'y'\nend\n";

    private final CountDownLatch told = new CountDownLatch(1);
    private CodeEditor editor;

    /** Finds one mistake, when it is let. */
    private final class Slow implements EditorHelp {
        @Override
        public Completions completions(String text, int caret) {
            return Completions.none();
        }

        @Override
        public Optional<String> hover(String text, int offset) {
            return Optional.empty();
        }

        @Override
        public List<Mark> problems(String text) {
            try {
                assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
            return List.of(Mark.at(3, 8, Mark.Severity.ERROR, "There is no setting bxo.", ""));
        }
    }

    @Start
    void open(Stage stage) {
        editor = new CodeEditor();
        editor.help(new Slow());
        stage.setScene(new Scene(editor, 600, 400));
        editor.show(CodeEditor.Prepared.of(TEXT, Language.RUBY), true);
        stage.show();
    }

    private static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, question);
    }

    private Set<Node> beside() {
        return onFx(() -> editor.lookupAll(".gutter").stream().collect(Collectors.toSet()));
    }

    @Test
    void linesAreMadeOnceAndOnlyWhatIsFoundOutMakesOneAgain() throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> beside().size() == 5);
        Set<Node> before = beside();
        assertThat(onFx(() -> editor.lookupAll(".fold-open")))
                .as("blocks can be folded before anything has been found out")
                .hasSize(1);
        told.countDown();
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> !onFx(() -> editor.lookupAll(".line-mark"))
                .isEmpty());
        Set<Node> after = beside();
        assertThat(after).hasSize(5);
        after.removeAll(before);
        assertThat(after).hasSize(1);
        assertThat(onFx(() -> after.iterator().next().lookupAll(".line-failed")))
                .hasSize(1);
    }
}
