package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.TerminalStarter;
import com.techsenger.jeditermfx.core.util.TermSize;
import dev.corral.console.fx.FxThread;
import dev.corral.console.terminal.output.Emulation;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.TerminalUse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A terminal: screen, scrollback, find bar, menu, and a bar that offers to reconnect. It starts empty; {@link #connect}
 * asks the factory for a far side. It may be moved between parents and hidden; {@link #close} ends its threads and the
 * far side at once, {@link #askToClose} asks when something runs there. All methods belong on JavaFX's thread except
 * {@link #screenText} and {@link #historyText}.
 */
public final class TerminalPane extends BorderPane implements AutoCloseable {
    /** Lines kept that have scrolled out of the screen, unless told otherwise. */
    public static final int DEFAULT_SCROLLBACK = 2000;

    private static final Logger LOG = Logger.getLogger(TerminalPane.class.getName());
    /** Reports lines out of bounds during bursts as errors, though nothing is wrong; kept here to keep its level. */
    private static final Logger EMULATOR_LOG = Logger.getLogger("com.techsenger.jeditermfx");

    private static final int FIRST_COLUMNS = 80;
    private static final int FIRST_ROWS = 24;

    /** Where the connection stands. */
    public enum Status {
        /** Not connected yet, or on the way. */
        CONNECTING,
        /** Keys go to the far side. */
        CONNECTED,
        /** The far side has ended or could not be reached; it can be connected again. */
        DISCONNECTED,
        /** The pane is closed for good. */
        CLOSED
    }

    /**
     * The state of the connection.
     *
     * @param status  where it stands
     * @param message a sentence for people, empty while connected
     */
    public record State(Status status, String message) {}

    private final TerminalConnector.Factory factory;
    private final TerminalSettings settings;
    private final ScreenWidget widget;
    private final ScreenText text;
    private final KeyInput keys;
    private final StackPane center = new StackPane();
    private final Label waiting = new Label();
    private final ConnectionBar bar = new ConnectionBar(() -> {
        requestFocus();
        connect();
    });
    private final TypeAhead ahead = new TypeAhead(this::showAhead);
    private final ReadOnlyObjectWrapper<State> state =
            new ReadOnlyObjectWrapper<>(this, "state", new State(Status.DISCONNECTED, ""));
    private final DoubleProperty fontSize = new SimpleDoubleProperty(this, "fontSize", TerminalFonts.DEFAULT_SIZE);
    private final Closing closing = new Closing(this);
    private @Nullable FindBar find;
    private TerminalTheme theme;
    private Consumer<String> linkOpener = address -> {};
    private @Nullable ConnectorTty tty;

    /** A terminal with the usual scrollback. */
    public TerminalPane(TerminalConnector.Factory factory, TerminalTheme theme) {
        this(factory, theme, DEFAULT_SCROLLBACK);
    }

    /** @param scrollback lines kept that have scrolled out of the screen */
    public TerminalPane(TerminalConnector.Factory factory, TerminalTheme theme, int scrollback) {
        EMULATOR_LOG.setLevel(Level.OFF);
        this.factory = factory;
        this.settings = new TerminalSettings(theme, scrollback);
        this.widget = new ScreenWidget(FIRST_COLUMNS, FIRST_ROWS, settings);
        this.text = new ScreenText(widget.getTerminalTextBuffer());
        this.keys = new KeyInput(widget, new TerminalShortcuts(this, widget.panel()), ahead);
        new WheelInput(widget);
        widget.panel().setMenu(() -> TerminalMenu.of(this));
        widget.addHyperlinkFilter(new LinkFilter(address -> linkOpener.accept(address)));
        getStyleClass().add("terminal-pane");
        getStylesheets().add(TerminalPane.class.getResource("terminal.css").toExternalForm());
        waiting.getStyleClass().add("terminal-waiting");
        waiting.setMouseTransparent(true);
        StackPane.setAlignment(waiting, Pos.TOP_LEFT);
        widget.getPane().setMinSize(0, 0);
        center.getChildren().addAll(widget.getPane(), waiting);
        center.setMinSize(0, 0);
        setCenter(center);
        setMinSize(0, 0);
        setPrefSize(720, 400);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText("Terminal");
        fontSize.addListener((property, before, after) -> {
            settings.setFontSize(after.doubleValue());
            widget.panel().applySettings();
        });
        widget.panel().setCursorVisible(false);
        setTheme(theme);
    }

    /** Connects, or connects again; nothing while a connection is there or on its way. */
    public void connect() {
        if (state.get().status() == Status.CONNECTED || state.get().status() == Status.CLOSED || isConnecting()) {
            return;
        }
        setState(new State(Status.CONNECTING, "Connecting"));
        TermSize size = widget.panel().size();
        Thread.ofVirtual().name("terminal-connect").start(() -> {
            try {
                TerminalConnector connector = factory.connect(size.getColumns(), size.getRows());
                FxThread.run(() -> connected(connector, size));
            } catch (ExpectedFailure e) {
                FxThread.run(
                        () -> failed(e.nextStep().isEmpty() ? e.getMessage() : e.getMessage() + " " + e.nextStep()));
            } catch (InterruptedException e) {
                FxThread.run(() -> failed("Disconnected."));
            } catch (Exception e) {
                LOG.log(Level.WARNING, "the terminal could not be connected", e);
                FxThread.run(() -> failed("The terminal could not be connected: " + e.getMessage()));
            }
        });
    }

    /** Where the connection stands. */
    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Where the connection stands. */
    public State getState() {
        return state.get();
    }

    /** What the screen shows, without blanks at the ends. Any thread. */
    public String screenText() {
        return text.screen();
    }

    /** What has scrolled out of the screen, oldest line first. Any thread. */
    public String historyText() {
        return text.history();
    }

    /** Sends text as if it were typed, once connected when that is on its way; nothing while disconnected. */
    public void type(String typed) {
        if (isConnecting()) {
            ahead.add(typed.getBytes(StandardCharsets.UTF_8));
        } else if (state.get().status() == Status.CONNECTED) {
            Objects.requireNonNull(widget.starter()).sendBytes(typed.getBytes(StandardCharsets.UTF_8), true);
        }
    }

    /** Copies the selected text; nothing without a selection. */
    public void copy() {
        widget.panel().handleCopy(false, false);
    }

    /** Pastes the clipboard, bracketed when the far side asked for that; kept like what is typed while connecting. */
    public void paste() {
        String text = isConnecting() ? new FxClipboard().getContents(false) : null;
        if (text != null) {
            type(text.replace("\r\n", "\r").replace('\n', '\r'));
        } else if (state.get().status() == Status.CONNECTED) {
            widget.panel().handlePaste();
            widget.panel().scrollToEnd();
        }
    }

    /** Selects scrollback and screen. */
    public void selectAll() {
        widget.panel().selectAll();
        widget.panel().repaint();
    }

    /** Copies the screen as plain text. */
    public void copyScreen() {
        ClipboardContent content = new ClipboardContent();
        content.putString(screenText());
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** True while text is selected. */
    public boolean hasSelection() {
        return widget.panel().getSelection() != null;
    }

    /** Forgets the scrollback; the screen stays. */
    public void clearHistory() {
        widget.getTerminalTextBuffer().clearHistory();
        widget.panel().scrollToEnd();
        widget.panel().repaint();
    }

    /** Opens the find bar, or gives it the keys. */
    public void showFind() {
        if (find == null) {
            find = new FindBar(widget.panel(), this::hideFind);
            StackPane.setAlignment(find, Pos.TOP_RIGHT);
            StackPane.setMargin(find, new Insets(6, 22, 0, 6));
            center.getChildren().add(find);
        }
        find.activate();
    }

    /** Size of the type, in pixels. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** Size of the type, in pixels. */
    public double getFontSize() {
        return fontSize.get();
    }

    /** Sets the size of the type, in pixels, within what can be read. */
    public void setFontSize(double pixels) {
        fontSize.set(Math.clamp(pixels, TerminalFonts.SMALLEST, TerminalFonts.LARGEST));
    }

    /** The colours. */
    public TerminalTheme getTheme() {
        return theme;
    }

    /** Changes the colours of all that is and will be shown. */
    public void setTheme(TerminalTheme value) {
        theme = value;
        settings.setTheme(value);
        center.setBackground(new Background(new BackgroundFill(value.background(), CornerRadii.EMPTY, Insets.EMPTY)));
        waiting.setTextFill(value.foreground());
        widget.panel().repaint();
    }

    /** What a click on a web address does. The address comes from the guest: untrusted. */
    public void setOnLink(Consumer<String> opener) {
        linkOpener = opener;
    }

    /** Which key presses are the window's even while the terminal has the focus; none unless told. */
    public void setWindowKeys(Predicate<KeyEvent> predicate) {
        keys.setForWindow(predicate);
    }

    /**
     * Finds out what runs in the terminal.
     *
     * @param told gets it on JavaFX's thread, within some seconds; at once that it is idle when there is no connection
     */
    public void use(Consumer<TerminalUse> told) {
        ConnectorTty asked = tty;
        if (asked == null || state.get().status() != Status.CONNECTED) {
            told.accept(TerminalUse.IDLE);
            return;
        }
        Thread.ofVirtual().name("terminal-use").start(() -> {
            TerminalUse use = TerminalUse.UNKNOWN;
            try {
                use = asked.use();
            } finally {
                TerminalUse seen = use;
                FxThread.run(() -> told.accept(seen));
            }
        });
    }

    /**
     * Closes, after a question within the pane when something runs in the terminal.
     *
     * @param asking told when there is a question, which then takes the focus: it should be seen
     * @param closed told once it is closed
     */
    public void askToClose(Runnable asking, Runnable closed) {
        closing.begin(asking, closed);
    }

    @Override
    public void requestFocus() {
        widget.panel().getCanvas().requestFocus();
    }

    /** Ends the far side and all threads; the last screen stays readable. May be called twice. */
    @Override
    public void close() {
        if (state.get().status() == Status.CLOSED) {
            return;
        }
        setState(new State(Status.CLOSED, "Closed."));
        closeLater(tty);
        widget.close();
    }

    /** True while the repaint timer runs; an idle terminal has none. */
    boolean isDrawing() {
        return widget.panel().clock().isRunning();
    }

    private boolean isConnecting() {
        return state.get().status() == Status.CONNECTING;
    }

    private void connected(TerminalConnector connector, TermSize size) {
        ConnectorTty made = new ConnectorTty(connector, widget.getTerminalTextBuffer());
        if (!isConnecting()) {
            closeLater(made);
            return;
        }
        byte[] typed = ahead.take();
        tty = made;
        widget.setTtyConnector(made);
        widget.panel().setCursorVisible(true);
        setState(new State(Status.CONNECTED, ""));
        TerminalStarter starter = Objects.requireNonNull(widget.starter());
        new Emulation(starter, made).start(() -> {
            if (made == tty && state.get().status() == Status.CONNECTED) {
                failed(made.ending());
            }
        });
        if (typed.length > 0) {
            starter.sendBytes(typed, true);
        }
        TermSize now = widget.panel().size();
        if (!now.equals(size)) {
            Thread.ofVirtual().start(() -> made.resize(now));
        }
    }

    private void showAhead() {
        setState(new State(
                Status.CONNECTING,
                ahead.isFull()
                        ? "Connecting. No more is kept of what you type."
                        : "Connecting. What you type is sent then."));
    }

    private void failed(String message) {
        ahead.take();
        if (state.get().status() != Status.CLOSED) {
            setState(new State(Status.DISCONNECTED, message));
        }
    }

    /** Whether there is nothing any more to connect to, so that nobody is invited to. */
    public void setGone(boolean none) {
        bar.setGone(none);
    }

    private void setState(State next) {
        state.set(next);
        bar.show(next);
        boolean first = tty == null;
        waiting.setText(next.status() == Status.CONNECTING && first ? next.message() : "");
        if (next.status() != Status.CONNECTED) {
            closing.keep();
        }
        boolean stays = next.status() == Status.CONNECTING && getBottom() != null;
        setBottom(next.status() == Status.DISCONNECTED || stays ? bar : null);
    }

    private void hideFind() {
        if (find != null) {
            find.clear();
            center.getChildren().remove(find);
            find = null;
        }
        requestFocus();
    }

    private static void closeLater(@Nullable ConnectorTty unwanted) {
        if (unwanted != null) {
            Thread.ofVirtual().name("terminal-close").start(unwanted::close);
        }
    }
}
