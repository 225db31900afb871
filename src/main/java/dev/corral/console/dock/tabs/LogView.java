package dev.corral.console.dock.tabs;

import dev.corral.console.fx.FxThread;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import dev.corral.core.base.Subscription;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrant.LogLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.animation.AnimationTimer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.util.UndoUtils;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/**
 * The growing output of Vagrant. Lines come in portions, one a frame; only the last 20,000 stay. It follows the end until
 * the user scrolls up.
 */
final class LogView extends BorderPane implements AutoCloseable {
    /** How many lines stay. */
    static final int MOST_LINES = 20_000;

    private static final int PORTION = 2_000;
    private static final int TRIM_SLACK = 1_000;

    private final StyleClassedTextArea area = new StyleClassedTextArea(false);
    private final VirtualizedScrollPane<StyleClassedTextArea> scroll = new VirtualizedScrollPane<>(area);
    private final LogBuffer buffer = new LogBuffer(MOST_LINES);
    private final Button follow = new Button("Follow", Icons.of(MaterialDesignA.ARROW_COLLAPSE_DOWN));
    private final Label waiting = new Label("Nothing written yet");
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Set<Path> followed = new HashSet<>();
    private UnaryOperator<String> plainName;
    private boolean following = true;

    // Runs only while lines are waiting, since a running timer keeps the toolkit drawing frames.
    private final AnimationTimer drain = new AnimationTimer() {
        @Override
        public void handle(long now) {
            append(buffer.take(PORTION));
            if (buffer.isEmpty()) {
                stop();
            }
        }
    };

    /** @param plainName a machine's name without its sandbox's suffix */
    LogView(UnaryOperator<String> plainName) {
        this.plainName = plainName;
        getStyleClass().add("log-view");
        area.setEditable(false);
        area.setUndoManager(UndoUtils.noOpUndoManager());
        area.getStyleClass().addAll("log-area", "machine-text");
        area.setAccessibleText("Output of Vagrant");
        area.addEventFilter(ScrollEvent.SCROLL, event -> {
            if (event.getDeltaY() > 0) {
                setFollowing(false);
            }
        });
        TextFindBar find = new TextFindBar(area);
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, find));
        scroll.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() instanceof Node node && inBar(node)) {
                setFollowing(false);
            }
        });
        follow.getStyleClass().addAll("quiet-button", "follow-button");
        follow.setAccessibleText("Follow the end of the log");
        follow.setOnAction(event -> setFollowing(true));
        follow.setVisible(false);
        waiting.getStyleClass().add("muted");
        waiting.setMouseTransparent(true);
        StackPane middle = new StackPane(scroll, waiting, follow);
        StackPane.setAlignment(follow, Pos.BOTTOM_RIGHT);
        setCenter(middle);
        setTop(find);
        area.setContextMenu(menu(find));
    }

    private void key(KeyEvent event, TextFindBar find) {
        switch (event.getCode()) {
            case UP, PAGE_UP, HOME -> setFollowing(false);
            case END -> setFollowing(event.isShortcutDown() || following);
            default -> {
                if (TextFindBar.opens(event)) {
                    find.open();
                    event.consume();
                }
            }
        }
    }

    private static boolean inBar(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each instanceof ScrollBar) {
                return true;
            }
        }
        return false;
    }

    private ContextMenu menu(TextFindBar find) {
        MenuItem copy = new MenuItem("Copy");
        copy.setOnAction(event -> area.copy());
        MenuItem copyAll = new MenuItem("Copy everything");
        copyAll.setOnAction(event -> Clipboards.copy(area.getText()));
        MenuItem search = new MenuItem("Find");
        search.setOnAction(event -> find.open());
        return new ContextMenu(copy, copyAll, search);
    }

    /** Follows those logs that are not followed yet: an operation may run several commands, each with a log. */
    void followNew(LogFollower follower, List<Path> logs) {
        for (Path log : logs) {
            if (followed.add(log)) {
                subscriptions.add(follower.follow(log, this::add));
            }
        }
    }

    private void add(List<LogLine> lines) {
        if (buffer.add(lines)) {
            FxThread.run(drain::start);
        }
    }

    /** Names machines so from now on: what is known of the sandbox may come after its log. */
    void name(UnaryOperator<String> known) {
        plainName = known;
    }

    private void setFollowing(boolean wanted) {
        if (following == wanted) {
            return;
        }
        following = wanted;
        follow.setVisible(!wanted);
        if (wanted) {
            toEnd();
        }
    }

    private void toEnd() {
        area.moveTo(area.getLength());
        area.showParagraphAtBottom(Math.max(0, area.getParagraphs().size() - 1));
    }

    private void append(List<LogLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        waiting.setVisible(false);
        StringBuilder text = new StringBuilder();
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        int start = area.getLength();
        if (start > 0) {
            text.append('\n');
            spans.add(List.of(), 1);
        }
        for (int i = 0; i < lines.size(); i++) {
            LogLine line = lines.get(i);
            String shown =
                    (line.machine().isEmpty() ? line.text() : plainName.apply(line.machine()) + ": " + line.text())
                            + (i < lines.size() - 1 ? "\n" : "");
            text.append(shown);
            spans.add(List.of("log-" + line.level().name().toLowerCase(Locale.ROOT)), shown.length());
        }
        area.appendText(text.toString());
        area.setStyleSpans(start, spans.create());
        int over = area.getParagraphs().size() - MOST_LINES;
        if (over > TRIM_SLACK) {
            area.deleteText(0, 0, over, 0);
        }
        if (following) {
            toEnd();
        }
    }

    @Override
    public void requestFocus() {
        area.requestFocus();
    }

    @Override
    public void close() {
        drain.stop();
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }
}
