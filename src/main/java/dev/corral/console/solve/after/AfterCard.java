package dev.corral.console.solve.after;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.core.inspect.log.LogPlace;
import dev.corral.core.inspect.view.LogViewer;
import dev.corral.core.solve.SessionRecordings;
import dev.corral.core.solve.SessionRecordings.Kept;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The recordings of a session, to be played, and its log in Inspect's viewer. For the FX thread. */
public final class AfterCard extends Card {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM d, HH:mm").withZone(ZoneId.systemDefault());
    private static final Duration STALE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final int MOST = 30;

    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final LogViewer viewer;
    private final VBox rows = new VBox(2);
    private final Button log = Buttons.quiet("solve-view-log", "Open log in Inspect View", this::openLog);
    private final Button recover = Buttons.quiet("solve-recover-log", "Recover log", this::recoverLog);
    private final Set<String> opening = new HashSet<>();
    private final Set<String> recovering = new HashSet<>();
    private List<Kept> drawn = List.of();
    private String session = "";
    private Path file = Path.of("");
    private String sample = "";
    private int epoch = 1;
    private Instant read = Instant.EPOCH;
    private int turn;

    /** Of sessions of this user; whoever makes it closes it. */
    public AfterCard(PageContext context, Threads threads, Solving solving) {
        super("Recordings and log");
        this.context = context;
        this.threads = threads;
        this.solving = solving;
        this.viewer = new LogViewer(context.corral().environment());
        setId("solve-after");
        rows.setMinWidth(0);
        log.setTooltip(new Tooltip("Inspect's own viewer, in the browser, at this sample"));
        recover.setTooltip(new Tooltip("Make a whole log of what Inspect had kept when it was killed"));
        setBody(rows, new HBox(8, log, recover));
        setShown(false);
    }

    /** Shows what there is of this session by now. */
    public void show(SolveStatus status) {
        String id = status.session().id();
        boolean over = status.state().over();
        if (!id.equals(session)) {
            session = id;
            log.setDisable(opening.contains(id));
            recover.setDisable(recovering.contains(id));
            read = Instant.EPOCH;
            draw(List.of());
        }
        String recovered = status.story().recovered();
        Optional<Path> place =
                LogPlace.file(recovered.isEmpty() ? status.story().log() : recovered);
        file = place.orElse(Path.of(""));
        sample = status.session().sample();
        epoch = status.session().epoch();
        boolean has = over && place.isPresent();
        boolean cutOff = status.state() == SolveState.INTERRUPTED && recovered.isEmpty();
        shown(log, has && !cutOff);
        shown(recover, has && cutOff);
        judge();
        if (Instant.now().isAfter(read.plus(STALE))) {
            read = Instant.now();
            read(id);
        }
    }

    private void read(String id) {
        int asked = ++turn;
        threads.background(
                "session-recordings",
                () -> SessionRecordings.all(solving.store().find(id).folder()),
                found -> {
                    if (asked == turn && id.equals(session)) {
                        draw(found);
                    }
                },
                failure -> {
                    if (asked == turn && id.equals(session)) {
                        drawn = List.of();
                        rows.getChildren().setAll(words(Problem.of(failure).sentence()));
                        setShown(true);
                    }
                });
    }

    private void draw(List<Kept> found) {
        if (found.equals(drawn) && !found.isEmpty()) {
            return;
        }
        drawn = found;
        rows.getChildren()
                .setAll(found.stream()
                        .skip(Math.max(0, found.size() - MOST))
                        .map(this::row)
                        .toList());
        if (found.size() > MOST) {
            rows.getChildren()
                    .addFirst(words("The last " + MOST + " of " + found.size() + "; corral solve replay lists all."));
        }
        judge();
    }

    private void judge() {
        setShown(!drawn.isEmpty() || log.isVisible() || recover.isVisible());
    }

    private static void shown(Button button, boolean shown) {
        button.setVisible(shown);
        button.setManaged(shown);
    }

    private Node row(Kept one) {
        String what = one.guests()
                ? "login, as Inspect recorded it"
                : (one.machine().isEmpty() ? "primary" : Texts.line(one.machine()))
                        + one.began().map(at -> " · " + TIME.format(at)).orElse("");
        Label words = words(what + " · " + Formats.bytes(one.bytes()));
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        Button play = new Button("Play", Icons.of(MaterialDesignP.PLAY));
        play.getStyleClass().add("quiet-button");
        play.setMinWidth(USE_PREF_SIZE);
        play.setAccessibleText("Play " + what);
        play.setOnAction(event -> context.dock().openRecording(one.file()));
        HBox row = new HBox(8, words, play);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Label words(String text) {
        Label words = new Label(text);
        words.setWrapText(true);
        words.setMinWidth(0);
        return words;
    }

    private void openLog() {
        String id = session;
        opening.add(id);
        log.setDisable(true);
        Path shown = file;
        String of = sample;
        int which = epoch;
        threads.background(
                "inspect-view",
                () -> viewer.at(shown, of, which),
                address -> {
                    opened(id);
                    context.dock().browse(address.toString());
                    context.tell().accept(Notice.news("Inspect View shows the log at " + address + "."));
                },
                failure -> {
                    opened(id);
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    private void opened(String id) {
        opening.remove(id);
        if (id.equals(session)) {
            log.setDisable(false);
        }
    }

    private void recovered(String id) {
        recovering.remove(id);
        if (id.equals(session)) {
            recover.setDisable(false);
        }
    }

    private void recoverLog() {
        String id = session;
        recovering.add(id);
        recover.setDisable(true);
        threads.background(
                "recover-log",
                () -> solving.recovery().log(id),
                made -> {
                    recovered(id);
                    context.tell().accept(Notice.news("The log of " + Texts.line(id) + " is recovered: " + made + "."));
                },
                failure -> {
                    recovered(id);
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    /** Ends the viewers that it has started. */
    public void close() {
        // They end with this process at the latest; their folders of a few bytes are removed if that takes no time.
        Thread ending = Thread.ofVirtual().name("end-viewers").start(viewer::close);
        try {
            ending.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
